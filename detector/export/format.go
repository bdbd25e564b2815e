package export

import (
	"slices"

	"github.com/hookline/hookline/detector/message"
)

// Format is a format as people are told of it.
type Format struct {
	Name       string // for Options.Input
	Title      string
	Recognised string // how a file of it is known
	Kinds      []message.Kind
}

// format is a format as the package works with it.
type format struct {
	Format
	chat  bool // messages met again in the same run are duplicates
	twice bool // reads its files twice or at random: streams are spooled
	// sniff says how surely the sample is of this format: 0 no, 100 certain.
	sniff func(*sample) int
	// gather makes units of the files that belong together; nil gives each
	// file a unit of its own.
	gather func(*tree, *format)
	read   func(*unit) error
}

// Degrees of certainty that sniff functions return.
const (
	certain  = 100 // magic bytes, keys of one format only
	likely   = 80  // a grammar that several lines follow
	possible = 40  // the generic readers
	fallback = 10  // anything that is text
)

// formats is the table of all formats. Where two are equally sure of a file,
// the earlier wins.
func formats() []*format {
	return slices.Concat(messengers(), telephones(), adverts(), tables())
}

// messengers are the formats of conversations of messengers.
func messengers() []*format {
	return []*format{
		&telegramFormat,
		&telegramHTMLFormat,
		&instagramFormat,
		&messengerFormat,
		&messengerHTMLFormat,
		&signalFormat,
		&signalCLIFormat,
		&sigexportFormat,
		&imessageFormat,
		&imessageTextFormat,
		&imessageHTMLFormat,
		&discordFormat,
		&discordCSVFormat,
		&discordTextFormat,
		&discordHTMLFormat,
		&discordPackageFormat,
		&slackFormat,
		&teamsFormat,
		&skypeFormat,
		&googleChatFormat,
		&googleVoiceFormat,
		&twitterFormat,
		&linkedinFormat,
		&redditFormat,
		&snapchatFormat,
		&tiktokFormat,
		&hingeFormat,
		&tinderFormat,
		&wechatFormat,
		&whatsappFormat,
		&lineFormat,
		&kakaoFormat,
		&viberFormat,
		&telegramTextFormat,
		&wechatTextFormat,
	}
}

// telephones are the formats of texts of telephones and mails.
func telephones() []*format {
	return []*format{
		&smsFormat,
		&smsJSONFormat,
		&nokiaFormat,
		&vmgFormat,
		&windowsPhoneFormat,
		&mboxFormat,
		&emlFormat,
		&msgFormat,
		&pstFormat,
	}
}

// adverts are the formats of job adverts and pages.
func adverts() []*format {
	return []*format{
		&jsonldFormat,
		&greenhouseFormat,
		&leverFormat,
		&ashbyFormat,
		&workableFormat,
		&adzunaFormat,
		&jobsXMLFormat,
		&hrXMLFormat,
		&pageFormat,
	}
}

// tables are the formats of whatever has rows or words.
func tables() []*format {
	return []*format{
		&parquetFormat,
		&jsonlFormat,
		&jsonFormat,
		&csvFormat,
		&textFormat,
	}
}

// Formats lists what can be read, in the order of the table.
func Formats() []Format {
	all := formats()
	list := make([]Format, len(all))
	for i, f := range all {
		list[i] = f.Format
	}
	return list
}

func formatNamed(name string) *format {
	for _, f := range formats() {
		if f.Name == name {
			return f
		}
	}
	return nil
}
