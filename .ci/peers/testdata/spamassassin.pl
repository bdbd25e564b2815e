# Checks each line of a file as the body of a mail with SpamAssassin and counts
# those in which a rule matches: spamassassin.pl FOLDER MESSAGES.
use strict;
use warnings;
use Mail::SpamAssassin;

my ($folder, $messages) = @ARGV;
my $checker = Mail::SpamAssassin->new({
	rules_filename => "$folder/rules", site_rules_filename => "$folder/site", userprefs_filename => "$folder/prefs",
	userstate_dir => "$folder/state", LOCAL_STATE_DIR => "$folder/state", local_tests_only => 1, dont_copy_prefs => 1,
});
$checker->init(1);
open(my $in, '<', $messages) or die $!;
my $count = 0;
while (my $line = <$in>) {
	my $mail = $checker->parse("From: a\@desk.example\nTo: b\@desk.example\nSubject: message\nMIME-Version: 1.0\n"
		. "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n$line", 0);
	my $status = $checker->check($mail);
	$count++ if $status->get_names_of_tests_hit ne '';
	$status->finish;
	$mail->finish;
}
print "$count\n";
