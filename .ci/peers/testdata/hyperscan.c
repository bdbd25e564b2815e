// Scans each line of a file with Hyperscan and counts those in which a phrase
// is, and the microseconds of CPU time: hyperscan PHRASES MESSAGES.
#include <hs/hs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MOST = 1 << 16 };

static int matched(unsigned id, unsigned long long from, unsigned long long to, unsigned flags, void *any) {
	*(int *)any = 1;
	return 0;
}

int main(int argc, char **argv) {
	static const char *phrases[MOST];
	static unsigned flags[MOST], ids[MOST];
	unsigned count = 0;
	char *line = NULL;
	size_t room = 0;
	ssize_t size;
	FILE *in = argc == 3 ? fopen(argv[1], "r") : NULL;
	if (!in) return 1;
	while ((size = getline(&line, &room, in)) > 0 && count < MOST) {
		char *expression = malloc(size + 5);
		sprintf(expression, "\\b%.*s\\b", (int)size - 1, line);
		phrases[count] = expression;
		flags[count] = HS_FLAG_CASELESS | HS_FLAG_SINGLEMATCH;
		ids[count] = count;
		count++;
	}
	fclose(in);
	hs_database_t *database;
	hs_compile_error_t *fault;
	hs_scratch_t *scratch = NULL;
	if (hs_compile_multi(phrases, flags, ids, count, HS_MODE_BLOCK, NULL, &database, &fault) || hs_alloc_scratch(database, &scratch) ||
	    !(in = fopen(argv[2], "r"))) return 1;
	long hits = 0;
	clock_t began = clock();
	while ((size = getline(&line, &room, in)) > 0) {
		int any = 0;
		if (hs_scan(database, line, size - 1, 0, scratch, matched, &any)) return 1;
		hits += any;
	}
	printf("%ld %ld\n", hits, (long)((clock() - began) * 1000000.0 / CLOCKS_PER_SEC));
	return 0;
}
