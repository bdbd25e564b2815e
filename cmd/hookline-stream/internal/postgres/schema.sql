create table if not exists hookline_rules (
	id   integer generated always as identity primary key,
	name text not null unique
);

-- What was found in one message, once for each rule set. A message's key is a
-- hash of its thread and id, so the thread adds nothing to the key; it keeps
-- the rows of a thread together.
create table if not exists hookline_matches (
	rules   integer not null references hookline_rules,
	thread  bytea not null,
	message bytea not null,
	matches bytea not null,
	added   timestamptz not null default now(),
	primary key (rules, thread, message)
);

-- The state of a thread, which is the join of its messages, and the verdict
-- that follows from it; none while nothing was found.
create table if not exists hookline_threads (
	rules     integer not null references hookline_rules,
	thread    bytea not null,
	state     bytea not null default '',
	verdict   json,
	band      smallint not null default 4,
	queue     text not null default 'none',
	score     real not null default 0,
	revision  bigint not null default 0,
	published bigint not null default 0,
	updated   timestamptz not null default now(),
	primary key (rules, thread)
);

create index if not exists hookline_alerts on hookline_threads (rules, band, score desc) where band < 4;
create index if not exists hookline_unpublished on hookline_threads (rules, updated) where published < revision and verdict is not null;
