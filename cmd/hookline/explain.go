package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/report"
)

type explainOptions struct {
	engine engineFlags
	read   readFlags
	file   string
	rule   string
	format string
}

func newExplain(s streams) *cobra.Command {
	var o explainOptions
	cmd := &cobra.Command{
		Use:   "explain [TEXT|-]",
		Short: "Say why a text or a thread got its verdict, rule by rule",
		Example: `  hookline explain "Pay the 20% tax first, then your withdrawal is released"
  hookline explain --file chat.zip`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return runExplain(cmd.Context(), s, &o, args) },
	}
	o.engine.register(cmd)
	o.read.register(cmd)
	cmd.Flags().StringVar(&o.file, "file", "", "export with the thread to explain")
	cmd.Flags().StringVar(&o.rule, "rule", "", "why this rule did or did not match")
	cmd.Flags().StringVar(&o.format, "format", "text", "text or json")
	return cmd
}

func runExplain(ctx context.Context, s streams, o *explainOptions, args []string) error {
	messages, err := o.messages(ctx, s, args)
	if err != nil {
		return err
	}
	d, err := o.engine.detector()
	if err != nil {
		return err
	}
	texts := map[string]string{}
	for i := range messages {
		texts[messages[i].ID] = messages[i].Text
	}
	v := d.Judge(d.MatchAll(messages))
	v.Messages = len(messages)
	var answer any
	var show func() error
	if o.rule != "" {
		tree, ok := report.Why(d, messages, &v, o.rule)
		if !ok {
			return fmt.Errorf("no rule %q: hookline rules list names them", o.rule)
		}
		answer, show = tree, func() error { return report.PrintWhy(s.out, &tree, colors(s.out)) }
	} else {
		e := report.NewExplanation(d, messages, &v)
		answer, show = e, func() error { return report.Explain(s.out, d, &e, texts, colors(s.out)) }
	}
	switch o.format {
	case "json":
		return jsonTo(s.out, " ").Encode(answer)
	case "text":
		return show()
	default:
		return fmt.Errorf("--format %s: want text or json", o.format)
	}
}

// messages reads the text of the command line, of standard input, or the first
// thread of a file.
func (o *explainOptions) messages(ctx context.Context, s streams, args []string) ([]message.Message, error) {
	if o.file == "" {
		text := ""
		switch {
		case len(args) == 1 && args[0] != "-":
			text = args[0]
		default:
			body, err := io.ReadAll(io.LimitReader(s.in, 16<<20))
			if err != nil {
				return nil, err
			}
			text = strings.TrimSpace(string(body))
		}
		return []message.Message{{ID: "m1", Sender: "", Text: text, Kind: message.Post, Source: "-"}}, nil
	}
	var all []message.Message
	_, err := o.read.read(ctx, s, []string{o.file}, handlers{message: func(m *message.Message) error {
		if len(all) == 0 || m.ThreadKey() == all[0].ThreadKey() {
			all = append(all, *m)
		}
		return nil
	}})
	if err == nil && len(all) == 0 {
		err = fmt.Errorf("%s: no message", o.file)
	}
	return all, err
}
