create table if not exists hookline_rules (
	id   integer primary key,
	name text not null unique
);

create table if not exists hookline_matches (
	rules   integer not null references hookline_rules,
	thread  blob not null,
	message blob not null,
	matches blob not null,
	added   text not null default current_timestamp,
	primary key (rules, thread, message)
) without rowid;

create table if not exists hookline_threads (
	rules     integer not null references hookline_rules,
	thread    blob not null,
	state     blob not null,
	verdict   text,
	band      integer not null,
	queue     text not null,
	score     real not null,
	revision  integer not null,
	published integer not null default 0,
	updated   text not null default current_timestamp,
	primary key (rules, thread)
);

create index if not exists hookline_alerts on hookline_threads (rules, band, score desc) where band < 4;
create index if not exists hookline_unpublished on hookline_threads (rules, updated) where published < revision and verdict is not null;
