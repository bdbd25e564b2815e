// Scans each line of a file with libyara and counts those in which a rule
// matches, and the microseconds of CPU time: yara RULES MESSAGES.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <yara.h>

static int matched(YR_SCAN_CONTEXT *context, int message, void *data, void *user) {
	if (message == CALLBACK_MSG_RULE_MATCHING) *(int *)user = 1;
	return CALLBACK_CONTINUE;
}

int main(int argc, char **argv) {
	YR_COMPILER *compiler;
	YR_RULES *rules;
	FILE *in = argc == 3 ? fopen(argv[1], "r") : NULL;
	if (!in || yr_initialize() || yr_compiler_create(&compiler) || yr_compiler_add_file(compiler, in, NULL, argv[1]) ||
	    yr_compiler_get_rules(compiler, &rules)) return 1;
	fclose(in);
	if (!(in = fopen(argv[2], "r"))) return 1;
	char *line = NULL;
	size_t room = 0;
	ssize_t size;
	long count = 0;
	clock_t began = clock();
	while ((size = getline(&line, &room, in)) > 0) {
		int any = 0;
		if (yr_rules_scan_mem(rules, (const uint8_t *)line, size - 1, 0, matched, &any, 0)) return 1;
		count += any;
	}
	printf("%ld %ld\n", count, (long)((clock() - began) * 1000000.0 / CLOCKS_PER_SEC));
	return 0;
}
