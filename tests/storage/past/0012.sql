BEGIN TRANSACTION;
CREATE TABLE access_token (
	digest TEXT NOT NULL, 
	project_id TEXT NOT NULL, 
	label TEXT NOT NULL, 
	made_at TEXT NOT NULL, 
	made_by TEXT NOT NULL, 
	used_at TEXT, 
	CONSTRAINT pk_access_token PRIMARY KEY (digest), 
	CONSTRAINT fk_access_token_project_id FOREIGN KEY(project_id) REFERENCES charter (id) ON DELETE CASCADE
)
 STRICT

;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0012');
CREATE TABLE charter (
	id TEXT NOT NULL, 
	created_at TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	saved_at TEXT NOT NULL, 
	saved_by TEXT NOT NULL, 
	archived INTEGER NOT NULL CONSTRAINT ck_charter_archived CHECK (archived IN (0, 1)), 
	name TEXT NOT NULL, 
	name_key TEXT NOT NULL, 
	owner TEXT NOT NULL, 
	met INTEGER DEFAULT '0' NOT NULL, currency TEXT DEFAULT 'USD' NOT NULL, asked REAL, worth_low REAL, worth REAL, worth_high REAL, worth_variance REAL, worth_third REAL, loss REAL, guessed REAL DEFAULT '1' NOT NULL, is_rough INTEGER DEFAULT '0' NOT NULL, years INTEGER DEFAULT '0' NOT NULL, people REAL, months REAL, can_work TEXT DEFAULT 'unknown' NOT NULL, ethics TEXT DEFAULT 'not_assessed' NOT NULL, ethics_words TEXT DEFAULT '' NOT NULL, said_by INTEGER DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_charter PRIMARY KEY (id)
)
 STRICT

;
INSERT INTO "charter" VALUES('1598dc2eede3a16e','2026-12-01T10:15:31.059611+00:00',3,'2026-12-01T10:15:31.434325+00:00','Bo',0,'Better voice search','better voice search','Dana Lee, search product',16,'USD',450000.0,1.449633637836764974e+05,4.59777843376112461569e+05,8.17780629234766354759e+05,6.91627852063075561524e+10,1.05933488265402900004e+16,0.01445,8.76194991294836911244e-02,0,3,3.0,7.49075975359342915993e+00,'shown','open','Open. Low risk by the eight questions and the law. 1 promise is demanded by level and class, and nobody has taken it on.',39296313416211161);
CREATE TABLE data_sources (
	project_id TEXT NOT NULL, 
	saved_number INTEGER NOT NULL, 
	saved_at TEXT NOT NULL, 
	saved_by TEXT NOT NULL, 
	unknown TEXT DEFAULT '[]' NOT NULL, 
	input_x TEXT DEFAULT '' NOT NULL CONSTRAINT ck_data_sources_input_x_length CHECK (length("input_x") <= 10000), 
	target_y TEXT DEFAULT '' NOT NULL CONSTRAINT ck_data_sources_target_y_length CHECK (length("target_y") <= 10000), 
	label_rule TEXT DEFAULT '' NOT NULL CONSTRAINT ck_data_sources_label_rule_length CHECK (length("label_rule") <= 10000), 
	edge_cases TEXT DEFAULT '' NOT NULL CONSTRAINT ck_data_sources_edge_cases_length CHECK (length("edge_cases") <= 10000), 
	split_plan TEXT DEFAULT '' NOT NULL CONSTRAINT ck_data_sources_split_plan_length CHECK (length("split_plan") <= 10000), 
	metadata TEXT DEFAULT '' NOT NULL CONSTRAINT ck_data_sources_metadata_length CHECK (length("metadata") <= 10000), 
	lineage TEXT DEFAULT '' NOT NULL CONSTRAINT ck_data_sources_lineage_length CHECK (length("lineage") <= 10000), 
	production TEXT DEFAULT '' NOT NULL CONSTRAINT ck_data_sources_production_length CHECK (length("production") <= 10000), uncertain_class TEXT CONSTRAINT ck_data_sources_uncertain_class_choice CHECK ("uncertain_class" IN ('yes', 'no')), labels_per_item INTEGER CONSTRAINT ck_data_sources_labels_per_item_range CHECK ("labels_per_item" >= 1 AND "labels_per_item" <= 100), items_to_label INTEGER CONSTRAINT ck_data_sources_items_to_label_range CHECK ("items_to_label" >= 0), minutes_per_item REAL CONSTRAINT ck_data_sources_minutes_per_item_range CHECK ("minutes_per_item" >= 0), label_rate INTEGER CONSTRAINT ck_data_sources_label_rate_range CHECK ("label_rate" >= 0), agreement_target REAL CONSTRAINT ck_data_sources_agreement_target_range CHECK ("agreement_target" >= 0 AND "agreement_target" <= 100), wanted_amount REAL CONSTRAINT ck_data_sources_wanted_amount_range CHECK ("wanted_amount" >= 0), wanted_unit TEXT DEFAULT '' NOT NULL CONSTRAINT ck_data_sources_wanted_unit_length CHECK (length("wanted_unit") <= 300), budget INTEGER CONSTRAINT ck_data_sources_budget_range CHECK ("budget" >= 0), currency TEXT DEFAULT 'USD' NOT NULL CONSTRAINT ck_data_sources_currency_choice CHECK ("currency" IN ('USD', 'EUR', 'GBP', 'CHF', 'CAD', 'AUD', 'NZD', 'SEK', 'NOK', 'DKK', 'PLN', 'CZK', 'TRY', 'ILS', 'AED', 'SAR', 'KWD', 'IRR', 'INR', 'CNY', 'JPY', 'KRW', 'SGD', 'HKD', 'BRL', 'MXN', 'ZAR', 'NGN')), wanted_days INTEGER CONSTRAINT ck_data_sources_wanted_days_range CHECK ("wanted_days" >= 0 AND "wanted_days" <= 10000), loop_days REAL CONSTRAINT ck_data_sources_loop_days_range CHECK ("loop_days" >= 0 AND "loop_days" <= 1000), target_error REAL CONSTRAINT ck_data_sources_target_error_range CHECK ("target_error" >= 0 AND "target_error" <= 100), examples INTEGER CONSTRAINT ck_data_sources_examples_range CHECK ("examples" >= 0), positive_share REAL CONSTRAINT ck_data_sources_positive_share_range CHECK ("positive_share" >= 0 AND "positive_share" <= 100), train_share REAL CONSTRAINT ck_data_sources_train_share_range CHECK ("train_share" >= 0 AND "train_share" <= 100), dev_share REAL CONSTRAINT ck_data_sources_dev_share_range CHECK ("dev_share" >= 0 AND "dev_share" <= 100), test_share REAL CONSTRAINT ck_data_sources_test_share_range CHECK ("test_share" >= 0 AND "test_share" <= 100), keeps_labeller TEXT CONSTRAINT ck_data_sources_keeps_labeller_choice CHECK ("keeps_labeller" IN ('yes', 'no')), keeps_time TEXT CONSTRAINT ck_data_sources_keeps_time_choice CHECK ("keeps_time" IN ('yes', 'no')), keeps_device TEXT CONSTRAINT ck_data_sources_keeps_device_choice CHECK ("keeps_device" IN ('yes', 'no')), keeps_place TEXT CONSTRAINT ck_data_sources_keeps_place_choice CHECK ("keeps_place" IN ('yes', 'no')), keeps_rule TEXT CONSTRAINT ck_data_sources_keeps_rule_choice CHECK ("keeps_rule" IN ('yes', 'no')), keeps_code TEXT CONSTRAINT ck_data_sources_keeps_code_choice CHECK ("keeps_code" IN ('yes', 'no')), keeps_origin TEXT CONSTRAINT ck_data_sources_keeps_origin_choice CHECK ("keeps_origin" IN ('yes', 'no')), 
	CONSTRAINT pk_data_sources PRIMARY KEY (project_id), 
	CONSTRAINT fk_data_sources_project_id FOREIGN KEY(project_id) REFERENCES charter (id) ON DELETE CASCADE
)
 STRICT

;
INSERT INTO "data_sources" VALUES('1598dc2eede3a16e',3,'2026-12-01T10:15:31.434325+00:00','Bo','[]','One spoken query, 1 to 8 seconds, 16 kHz, with 0.3 seconds of silence before and after, at one loudness.','The words as spoken; a word nobody understands as [unintelligible].','Write “um,” with one m and a comma; numbers as digits; names as in the catalogue. Two transcribers for each clip, differences go to Amara on Fridays.','“Nearest go…” cut off: “nearest [unintelligible]”. Two people talking: only the one who speaks to the phone.','By speaker, 80/10/10. Test clips come from the latest two months only, and are balanced over the four groups.','Type of phone, version of the silence cutter, transcriber, date, group, version of the rule','Each step writes a line with input, code version and output; the training reads nothing without such a line.','Silence cutting and loudness must be the same code in training and in the service.','yes',2,6000,1.5,2000,93.0,1000.0,'hours',1600000,'USD',14,4.0,8.7,6000,4.0,80.0,10.0,10.0,'yes','yes','yes','no','yes','yes','yes');
CREATE TABLE data_sources_additions (
	project_id TEXT NOT NULL, 
	id TEXT NOT NULL, 
	row_order INTEGER NOT NULL, 
	removed INTEGER DEFAULT 0 NOT NULL CONSTRAINT ck_data_sources_additions_removed CHECK (removed IN (0, 1)), 
	unknown TEXT DEFAULT '[]' NOT NULL, 
	what TEXT DEFAULT '' NOT NULL CONSTRAINT ck_data_sources_additions_what_length CHECK (length("what") <= 300), 
	"group" TEXT DEFAULT '' NOT NULL, 
	way TEXT CONSTRAINT ck_data_sources_additions_way_choice CHECK ("way" IN ('collect', 'augment', 'synthesise', 'clean')), 
	realistic TEXT CONSTRAINT ck_data_sources_additions_realistic_choice CHECK ("realistic" IN ('yes', 'no')), 
	people_do_well TEXT CONSTRAINT ck_data_sources_additions_people_do_well_choice CHECK ("people_do_well" IN ('yes', 'no')), 
	fails_today TEXT CONSTRAINT ck_data_sources_additions_fails_today_choice CHECK ("fails_today" IN ('yes', 'no')), 
	tells_apart TEXT DEFAULT '' NOT NULL CONSTRAINT ck_data_sources_additions_tells_apart_length CHECK (length("tells_apart") <= 10000), 
	amount REAL CONSTRAINT ck_data_sources_additions_amount_range CHECK ("amount" >= 0), 
	unit TEXT DEFAULT '' NOT NULL CONSTRAINT ck_data_sources_additions_unit_length CHECK (length("unit") <= 300), 
	cost INTEGER CONSTRAINT ck_data_sources_additions_cost_range CHECK ("cost" >= 0), 
	currency TEXT NOT NULL CONSTRAINT ck_data_sources_additions_currency_choice CHECK ("currency" IN ('USD', 'EUR', 'GBP', 'CHF', 'CAD', 'AUD', 'NZD', 'SEK', 'NOK', 'DKK', 'PLN', 'CZK', 'TRY', 'ILS', 'AED', 'SAR', 'KWD', 'IRR', 'INR', 'CNY', 'JPY', 'KRW', 'SGD', 'HKD', 'BRL', 'MXN', 'ZAR', 'NGN')), 
	days INTEGER CONSTRAINT ck_data_sources_additions_days_range CHECK ("days" >= 0 AND "days" <= 10000), 
	CONSTRAINT pk_data_sources_additions PRIMARY KEY (project_id, id), 
	CONSTRAINT fk_data_sources_additions_project_id FOREIGN KEY(project_id) REFERENCES charter (id) ON DELETE CASCADE
)
 STRICT

;
INSERT INTO "data_sources_additions" VALUES('1598dc2eede3a16e','mix_people',1024,0,'[]','Mix talk from cafés and stations under clear speech','people_noise','augment','yes','yes','yes','The speaker is nearer and louder than the talk behind.',200.0,'hours',150000,'USD',4);
INSERT INTO "data_sources_additions" VALUES('1598dc2eede3a16e','car',2048,0,'[]','Record in moving cars, windows open and closed','car_noise','collect','yes','yes','yes','',20.0,'hours',NULL,'USD',10);
CREATE TABLE data_sources_cases (
	project_id TEXT NOT NULL, 
	id TEXT NOT NULL, 
	row_order INTEGER NOT NULL, 
	removed INTEGER DEFAULT 0 NOT NULL CONSTRAINT ck_data_sources_cases_removed CHECK (removed IN (0, 1)), 
	unknown TEXT DEFAULT '[]' NOT NULL, 
	"case" TEXT DEFAULT '' NOT NULL CONSTRAINT ck_data_sources_cases_case_length CHECK (length("case") <= 10000), 
	label TEXT DEFAULT '' NOT NULL CONSTRAINT ck_data_sources_cases_label_length CHECK (length("label") <= 300), 
	decided_by TEXT DEFAULT '' NOT NULL CONSTRAINT ck_data_sources_cases_decided_by_length CHECK (length("decided_by") <= 300), 
	reason TEXT DEFAULT '' NOT NULL CONSTRAINT ck_data_sources_cases_reason_length CHECK (length("reason") <= 10000), 
	CONSTRAINT pk_data_sources_cases PRIMARY KEY (project_id, id), 
	CONSTRAINT fk_data_sources_cases_project_id FOREIGN KEY(project_id) REFERENCES charter (id) ON DELETE CASCADE
)
 STRICT

;
INSERT INTO "data_sources_cases" VALUES('1598dc2eede3a16e','filler',1024,0,'[]','“um, nearest gas station”, “umm, nearest gas station”','um, with one m and a comma','Amara Diallo','70 % of the transcribers write it so already.');
INSERT INTO "data_sources_cases" VALUES('1598dc2eede3a16e','cut_off',2048,0,'[]','“Nearest go…”, cut off','nearest [unintelligible]','Amara Diallo','');
INSERT INTO "data_sources_cases" VALUES('1598dc2eede3a16e','two_talk',3072,0,'[]','Two people talk at once','Only the one who speaks to the phone','Ben Carter','');
CREATE TABLE data_sources_learning_points (
	project_id TEXT NOT NULL, 
	id TEXT NOT NULL, 
	row_order INTEGER NOT NULL, 
	removed INTEGER DEFAULT 0 NOT NULL CONSTRAINT ck_data_sources_learning_points_removed CHECK (removed IN (0, 1)), 
	unknown TEXT DEFAULT '[]' NOT NULL, 
	size REAL CONSTRAINT ck_data_sources_learning_points_size_range CHECK ("size" >= 0), 
	error REAL CONSTRAINT ck_data_sources_learning_points_error_range CHECK ("error" >= 0 AND "error" <= 100), 
	measured_on TEXT, 
	source TEXT DEFAULT '' NOT NULL CONSTRAINT ck_data_sources_learning_points_source_length CHECK (length("source") <= 300), 
	CONSTRAINT pk_data_sources_learning_points PRIMARY KEY (project_id, id), 
	CONSTRAINT fk_data_sources_learning_points_project_id FOREIGN KEY(project_id) REFERENCES charter (id) ON DELETE CASCADE
)
 STRICT

;
INSERT INTO "data_sources_learning_points" VALUES('1598dc2eede3a16e','eighth',1024,0,'[]',12.5,16.6,'2026-02-05','An eighth of the owned hours');
INSERT INTO "data_sources_learning_points" VALUES('1598dc2eede3a16e','quarter',2048,0,'[]',25.0,13.5,'2026-02-05','A quarter of the owned hours');
INSERT INTO "data_sources_learning_points" VALUES('1598dc2eede3a16e','half',3072,0,'[]',50.0,11.3,'2026-02-06','Half of the owned hours');
INSERT INTO "data_sources_learning_points" VALUES('1598dc2eede3a16e','three_quarters',4096,0,'[]',75.0,10.3,'2026-02-06','Three quarters of the owned hours');
INSERT INTO "data_sources_learning_points" VALUES('1598dc2eede3a16e','all',5120,0,'[]',100.0,9.76,'2026-01-12','Release 4');
CREATE TABLE data_sources_pipelines (
	project_id TEXT NOT NULL, 
	id TEXT NOT NULL, 
	row_order INTEGER NOT NULL, 
	removed INTEGER DEFAULT 0 NOT NULL CONSTRAINT ck_data_sources_pipelines_removed CHECK (removed IN (0, 1)), 
	unknown TEXT DEFAULT '[]' NOT NULL, 
	step TEXT DEFAULT '' NOT NULL CONSTRAINT ck_data_sources_pipelines_step_length CHECK (length("step") <= 300), 
	poc_how TEXT DEFAULT '' NOT NULL CONSTRAINT ck_data_sources_pipelines_poc_how_length CHECK (length("poc_how") <= 300), 
	replicable TEXT CONSTRAINT ck_data_sources_pipelines_replicable_choice CHECK ("replicable" IN ('yes', 'no')), 
	from_milestone TEXT DEFAULT '' NOT NULL, 
	owner TEXT DEFAULT '' NOT NULL CONSTRAINT ck_data_sources_pipelines_owner_length CHECK (length("owner") <= 300), 
	lineage TEXT DEFAULT '' NOT NULL CONSTRAINT ck_data_sources_pipelines_lineage_length CHECK (length("lineage") <= 10000), reads_sources TEXT DEFAULT '[]' NOT NULL, reads_steps TEXT DEFAULT '[]' NOT NULL, makes TEXT DEFAULT '' NOT NULL CONSTRAINT ck_data_sources_pipelines_makes_length CHECK (length("makes") <= 300), breaks TEXT DEFAULT '' NOT NULL CONSTRAINT ck_data_sources_pipelines_breaks_length CHECK (length("breaks") <= 10000), monitors TEXT DEFAULT '[]' NOT NULL, downstream TEXT DEFAULT '' NOT NULL CONSTRAINT ck_data_sources_pipelines_downstream_length CHECK (length("downstream") <= 10000), 
	CONSTRAINT pk_data_sources_pipelines PRIMARY KEY (project_id, id), 
	CONSTRAINT fk_data_sources_pipelines_project_id FOREIGN KEY(project_id) REFERENCES charter (id) ON DELETE CASCADE
)
 STRICT

;
INSERT INTO "data_sources_pipelines" VALUES('1598dc2eede3a16e','silence',1024,0,'[]','Cut silence before and after','With the tool of the lab, by hand where it fails','yes','service','Ben Carter','Reads raw clips; writes cut clips with the version of the cutter.','["crowd_reading","owned","paid_labels"]','[]','Clips of 1 to 8 seconds','A new phone cuts the start of the audio, and the cutter takes quiet words for silence.','["clipped","volume"]','Every model since the change is measured anew on the test set before it goes out.');
INSERT INTO "data_sources_pipelines" VALUES('1598dc2eede3a16e','choose',2048,0,'["monitors"]','Choose clips with people noise','Two people listen','no','','Amara Diallo','','[]','["silence"]','Training set with people noise','Two listeners draw the line between car and people noise differently.','[]','Shares of the groups change, and with them the order of work.');
CREATE TABLE data_sources_reports (
	project_id TEXT NOT NULL, 
	id TEXT NOT NULL, 
	row_order INTEGER NOT NULL, 
	removed INTEGER DEFAULT 0 NOT NULL CONSTRAINT ck_data_sources_reports_removed CHECK (removed IN (0, 1)), 
	unknown TEXT DEFAULT '[]' NOT NULL, 
	headline TEXT DEFAULT '' NOT NULL CONSTRAINT ck_data_sources_reports_headline_length CHECK (length("headline") <= 300), 
	method TEXT CONSTRAINT ck_data_sources_reports_method_choice CHECK ("method" IN ('hlp', 'signal', 'slices', 'profile')), 
	version TEXT DEFAULT '' NOT NULL CONSTRAINT ck_data_sources_reports_version_length CHECK (length("version") <= 300), 
	file_name TEXT DEFAULT '' NOT NULL CONSTRAINT ck_data_sources_reports_file_name_length CHECK (length("file_name") <= 300), 
	file_hash TEXT DEFAULT '' NOT NULL CONSTRAINT ck_data_sources_reports_file_hash_length CHECK (length("file_hash") <= 300), 
	rows INTEGER CONSTRAINT ck_data_sources_reports_rows_range CHECK ("rows" >= 0), 
	rows_used INTEGER CONSTRAINT ck_data_sources_reports_rows_used_range CHECK ("rows_used" >= 0), 
	measured_on TEXT, 
	author TEXT DEFAULT '' NOT NULL CONSTRAINT ck_data_sources_reports_author_length CHECK (length("author") <= 300), 
	settings TEXT DEFAULT '' NOT NULL CONSTRAINT ck_data_sources_reports_settings_length CHECK (length("settings") <= 30000), 
	result TEXT DEFAULT '' NOT NULL CONSTRAINT ck_data_sources_reports_result_length CHECK (length("result") <= 30000), 
	source TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT pk_data_sources_reports PRIMARY KEY (project_id, id), 
	CONSTRAINT fk_data_sources_reports_project_id FOREIGN KEY(project_id) REFERENCES charter (id) ON DELETE CASCADE
)
 STRICT

;
CREATE TABLE data_sources_sources (
	project_id TEXT NOT NULL, 
	id TEXT NOT NULL, 
	row_order INTEGER NOT NULL, 
	removed INTEGER DEFAULT 0 NOT NULL CONSTRAINT ck_data_sources_sources_removed CHECK (removed IN (0, 1)), 
	unknown TEXT DEFAULT '[]' NOT NULL, 
	name TEXT DEFAULT '' NOT NULL CONSTRAINT ck_data_sources_sources_name_length CHECK (length("name") <= 300), 
	origin TEXT CONSTRAINT ck_data_sources_sources_origin_choice CHECK ("origin" IN ('owned', 'crowdsourced', 'paid_labels', 'purchased', 'partner', 'public', 'wished')), 
	amount REAL CONSTRAINT ck_data_sources_sources_amount_range CHECK ("amount" >= 0), 
	unit TEXT DEFAULT '' NOT NULL CONSTRAINT ck_data_sources_sources_unit_length CHECK (length("unit") <= 300), 
	cost INTEGER CONSTRAINT ck_data_sources_sources_cost_range CHECK ("cost" >= 0), 
	days INTEGER CONSTRAINT ck_data_sources_sources_days_range CHECK ("days" >= 0 AND "days" <= 10000), 
	currency TEXT NOT NULL CONSTRAINT ck_data_sources_sources_currency_choice CHECK ("currency" IN ('USD', 'EUR', 'GBP', 'CHF', 'CAD', 'AUD', 'NZD', 'SEK', 'NOK', 'DKK', 'PLN', 'CZK', 'TRY', 'ILS', 'AED', 'SAR', 'KWD', 'IRR', 'INR', 'CNY', 'JPY', 'KRW', 'SGD', 'HKD', 'BRL', 'MXN', 'ZAR', 'NGN')), 
	quality TEXT CONSTRAINT ck_data_sources_sources_quality_choice CHECK ("quality" IN ('3', '2', '1', '0')), 
	privacy TEXT CONSTRAINT ck_data_sources_sources_privacy_choice CHECK ("privacy" IN ('none', 'personal', 'sensitive')), 
	owner TEXT DEFAULT '' NOT NULL CONSTRAINT ck_data_sources_sources_owner_length CHECK (length("owner") <= 300), 
	rights TEXT DEFAULT '' NOT NULL CONSTRAINT ck_data_sources_sources_rights_length CHECK (length("rights") <= 10000), 
	labelling TEXT CONSTRAINT ck_data_sources_sources_labelling_choice CHECK ("labelling" IN ('not_needed', 'in_house', 'outsourced', 'crowd')), 
	qualified TEXT DEFAULT '' NOT NULL CONSTRAINT ck_data_sources_sources_qualified_length CHECK (length("qualified") <= 300), 
	contents TEXT DEFAULT '' NOT NULL CONSTRAINT ck_data_sources_sources_contents_length CHECK (length("contents") <= 10000), 
	refresh TEXT DEFAULT '' NOT NULL CONSTRAINT ck_data_sources_sources_refresh_length CHECK (length("refresh") <= 300), 
	join_key TEXT DEFAULT '' NOT NULL CONSTRAINT ck_data_sources_sources_join_key_length CHECK (length("join_key") <= 300), 
	stored_where TEXT DEFAULT '' NOT NULL CONSTRAINT ck_data_sources_sources_stored_where_length CHECK (length("stored_where") <= 300), 
	known_bias TEXT DEFAULT '' NOT NULL CONSTRAINT ck_data_sources_sources_known_bias_length CHECK (length("known_bias") <= 10000), 
	recent_change TEXT DEFAULT '' NOT NULL CONSTRAINT ck_data_sources_sources_recent_change_length CHECK (length("recent_change") <= 10000), divisible TEXT CONSTRAINT ck_data_sources_sources_divisible_choice CHECK ("divisible" IN ('part', 'whole')), fixed_cost INTEGER CONSTRAINT ck_data_sources_sources_fixed_cost_range CHECK ("fixed_cost" >= 0), minimum_order REAL CONSTRAINT ck_data_sources_sources_minimum_order_range CHECK ("minimum_order" >= 0), lead_days INTEGER CONSTRAINT ck_data_sources_sources_lead_days_range CHECK ("lead_days" >= 0 AND "lead_days" <= 10000), usefulness REAL CONSTRAINT ck_data_sources_sources_usefulness_range CHECK ("usefulness" >= 0 AND "usefulness" <= 100), shares_with TEXT DEFAULT '' NOT NULL CONSTRAINT ck_data_sources_sources_shares_with_length CHECK (length("shares_with") <= 300), accuracy TEXT CONSTRAINT ck_data_sources_sources_accuracy_choice CHECK ("accuracy" IN ('3', '2', '1', '0')), timeliness TEXT CONSTRAINT ck_data_sources_sources_timeliness_choice CHECK ("timeliness" IN ('3', '2', '1', '0')), accessibility TEXT CONSTRAINT ck_data_sources_sources_accessibility_choice CHECK ("accessibility" IN ('3', '2', '1', '0')), interpretability TEXT CONSTRAINT ck_data_sources_sources_interpretability_choice CHECK ("interpretability" IN ('3', '2', '1', '0')), coherence TEXT CONSTRAINT ck_data_sources_sources_coherence_choice CHECK ("coherence" IN ('3', '2', '1', '0')), legal_basis TEXT CONSTRAINT ck_data_sources_sources_legal_basis_choice CHECK ("legal_basis" IN ('not_needed', 'consent', 'contract', 'obligation', 'vital', 'public_task', 'legitimate')), retention TEXT DEFAULT '' NOT NULL CONSTRAINT ck_data_sources_sources_retention_length CHECK (length("retention") <= 300), provenance TEXT DEFAULT '' NOT NULL CONSTRAINT ck_data_sources_sources_provenance_length CHECK (length("provenance") <= 10000), meta_data TEXT DEFAULT '' NOT NULL CONSTRAINT ck_data_sources_sources_meta_data_length CHECK (length("meta_data") <= 10000), may_use TEXT CONSTRAINT ck_data_sources_sources_may_use_choice CHECK ("may_use" IN ('ours', 'contract', 'licence', 'consent', 'not_allowed')), 
	CONSTRAINT pk_data_sources_sources PRIMARY KEY (project_id, id), 
	CONSTRAINT fk_data_sources_sources_project_id FOREIGN KEY(project_id) REFERENCES charter (id) ON DELETE CASCADE
)
 STRICT

;
INSERT INTO "data_sources_sources" VALUES('1598dc2eede3a16e','owned',1024,1,'[]','Owned: opted-in queries with transcripts','owned',100.0,'hours',0,0,'USD','2','personal','Ben Carter','Opt-in in the voice settings; approved by legal (Maria Silva).','not_needed','Any fluent speaker','One query with its transcript','Weekly','','Speech store, Frankfurt','Young men in cities; few clips with people noise','A new silence cutter on two phones since a year ago','part',NULL,NULL,0,100.0,'','2','3','3','2','1','consent','Until the consent is taken back, 24 months at most','Voice service, cut and levelled, transcribed by two people','Type of phone, version of the silence cutter, transcriber','consent');
INSERT INTO "data_sources_sources" VALUES('1598dc2eede3a16e','crowd_reading',2048,0,'[]','Crowdsourced reading in noisy places','crowdsourced',1000.0,'hours',1000000,14,'USD','2','personal','Amara Diallo','Speakers are paid and sign for training use; approved by legal.','crowd','Any fluent speaker','One read sentence, with cafe, street or car behind it','','','','Read speech is clearer than real queries','','part',NULL,NULL,NULL,NULL,'',NULL,NULL,NULL,NULL,NULL,'consent','36 months','','','contract');
INSERT INTO "data_sources_sources" VALUES('1598dc2eede3a16e','paid_labels',3072,0,'[]','Pay for transcripts of our own noisy clips','paid_labels',100.0,'hours',600000,7,'USD','3','personal','Amara Diallo','Opted-in clips, transcribers under contract; approved by legal.','outsourced','Any fluent speaker, after half a day with the rule','One real query, chosen from people noise and car noise','Once, then monthly samples','','','Chosen by today''s recogniser, which may miss the worst clips','','part',NULL,NULL,NULL,100.0,'','3',NULL,NULL,NULL,NULL,'consent','24 months','','','contract');
INSERT INTO "data_sources_sources" VALUES('1598dc2eede3a16e','purchase',4096,0,'[]','Purchased speech collection','purchased',1000.0,'hours',1000000,1,'USD','1','personal','Yuki Mori','Licence allows training of products; the seller warrants consent. Approved by legal.','not_needed','Any fluent speaker','Phone talk between two people','','','','No queries, mostly American voices','','whole',NULL,NULL,NULL,NULL,'','2',NULL,NULL,NULL,'1','legitimate','As long as the licence runs','','','licence');
INSERT INTO "data_sources_sources" VALUES('1598dc2eede3a16e','accent_panel',5120,0,'["cost","days","may_use"]','Wished for: queries by 2,000 customers with stated first language','wished',40.0,'hours',NULL,NULL,'USD',NULL,'sensitive','Amara Diallo','Needs its own consent; legal drafts it.',NULL,'','','','','','','',NULL,NULL,NULL,NULL,NULL,'',NULL,NULL,NULL,NULL,NULL,NULL,'','','',NULL);
CREATE TABLE ethics (
	project_id TEXT NOT NULL, 
	saved_number INTEGER NOT NULL, 
	saved_at TEXT NOT NULL, 
	saved_by TEXT NOT NULL, 
	unknown TEXT DEFAULT '[]' NOT NULL, 
	net_positive TEXT CONSTRAINT ck_ethics_net_positive_choice CHECK ("net_positive" IN ('yes', 'no')), 
	net_positive_reason TEXT DEFAULT '' NOT NULL CONSTRAINT ck_ethics_net_positive_reason_length CHECK (length("net_positive_reason") <= 10000), 
	is_fair TEXT CONSTRAINT ck_ethics_is_fair_choice CHECK ("is_fair" IN ('yes', 'no')), 
	is_fair_reason TEXT DEFAULT '' NOT NULL CONSTRAINT ck_ethics_is_fair_reason_length CHECK (length("is_fair_reason") <= 10000), 
	aired TEXT CONSTRAINT ck_ethics_aired_choice CHECK ("aired" IN ('yes', 'no')), 
	aired_how TEXT DEFAULT '' NOT NULL CONSTRAINT ck_ethics_aired_how_length CHECK (length("aired_how") <= 10000), impact_pack TEXT DEFAULT '' NOT NULL CONSTRAINT ck_ethics_impact_pack_length CHECK (length("impact_pack") <= 300), cleared_by TEXT DEFAULT '' NOT NULL CONSTRAINT ck_ethics_cleared_by_length CHECK (length("cleared_by") <= 300), cleared_on TEXT, decides_people TEXT CONSTRAINT ck_ethics_decides_people_choice CHECK ("decides_people" IN ('yes', 'no')), decides_people_reason TEXT DEFAULT '' NOT NULL CONSTRAINT ck_ethics_decides_people_reason_length CHECK (length("decides_people_reason") <= 10000), watches_people TEXT CONSTRAINT ck_ethics_watches_people_choice CHECK ("watches_people" IN ('yes', 'no')), watches_people_reason TEXT DEFAULT '' NOT NULL CONSTRAINT ck_ethics_watches_people_reason_length CHECK (length("watches_people_reason") <= 10000), special_data TEXT CONSTRAINT ck_ethics_special_data_choice CHECK ("special_data" IN ('yes', 'no')), special_data_reason TEXT DEFAULT '' NOT NULL CONSTRAINT ck_ethics_special_data_reason_length CHECK (length("special_data_reason") <= 10000), could_hurt TEXT CONSTRAINT ck_ethics_could_hurt_choice CHECK ("could_hurt" IN ('yes', 'no')), could_hurt_reason TEXT DEFAULT '' NOT NULL CONSTRAINT ck_ethics_could_hurt_reason_length CHECK (length("could_hurt_reason") <= 10000), hard_to_undo TEXT CONSTRAINT ck_ethics_hard_to_undo_choice CHECK ("hard_to_undo" IN ('yes', 'no')), hard_to_undo_reason TEXT DEFAULT '' NOT NULL CONSTRAINT ck_ethics_hard_to_undo_reason_length CHECK (length("hard_to_undo_reason") <= 10000), hidden_machine TEXT CONSTRAINT ck_ethics_hidden_machine_choice CHECK ("hidden_machine" IN ('yes', 'no')), hidden_machine_reason TEXT DEFAULT '' NOT NULL CONSTRAINT ck_ethics_hidden_machine_reason_length CHECK (length("hidden_machine_reason") <= 10000), groups_worse TEXT CONSTRAINT ck_ethics_groups_worse_choice CHECK ("groups_worse" IN ('yes', 'no')), groups_worse_reason TEXT DEFAULT '' NOT NULL CONSTRAINT ck_ethics_groups_worse_reason_length CHECK (length("groups_worse_reason") <= 10000), outside_objects TEXT CONSTRAINT ck_ethics_outside_objects_choice CHECK ("outside_objects" IN ('yes', 'no')), outside_objects_reason TEXT DEFAULT '' NOT NULL CONSTRAINT ck_ethics_outside_objects_reason_length CHECK (length("outside_objects_reason") <= 10000), handed_to TEXT DEFAULT '' NOT NULL CONSTRAINT ck_ethics_handed_to_length CHECK (length("handed_to") <= 300), handed_until TEXT, handed_note TEXT DEFAULT '' NOT NULL CONSTRAINT ck_ethics_handed_note_length CHECK (length("handed_note") <= 10000), 
	CONSTRAINT pk_ethics PRIMARY KEY (project_id), 
	CONSTRAINT fk_ethics_project_id FOREIGN KEY(project_id) REFERENCES charter (id) ON DELETE CASCADE
)
 STRICT

;
INSERT INTO "ethics" VALUES('1598dc2eede3a16e',1,'2026-12-01T10:15:31.059611+00:00','Ana','[]','yes','Hands-free search keeps drivers'' eyes on the road and helps people who cannot type well.','yes','Reasonably, under one condition: accuracy by first language is measured in the proof of concept, and no launch is allowed with a gap of more than 3 points.','yes','Half-day workshop with support, legal, two drivers and three speakers with an accent','','',NULL,'no','','no','Clips carry a random number; nobody can ask for those of one person.','yes','Recordings of voices, some of children in the car. They are used for words, never to tell who speaks.','no','A wrong result is a nuisance: the customer repeats or types, and calls ask before dialling.','no','','no','','yes','Speakers with an accent: the gap by first language is not measured before the proof of concept.','no','Drivers, speakers with an accent and support were in the room; recordings are opt-in.','',NULL,'');
CREATE TABLE ethics_checklist (
	project_id TEXT NOT NULL, 
	id TEXT NOT NULL, 
	row_order INTEGER NOT NULL, 
	removed INTEGER DEFAULT 0 NOT NULL CONSTRAINT ck_ethics_checklist_removed CHECK (removed IN (0, 1)), 
	unknown TEXT DEFAULT '[]' NOT NULL, 
	question TEXT DEFAULT '' NOT NULL CONSTRAINT ck_ethics_checklist_question_length CHECK (length("question") <= 10000), 
	answered TEXT CONSTRAINT ck_ethics_checklist_answered_choice CHECK ("answered" IN ('yes', 'no', 'not_applicable', 'option')), 
	note TEXT DEFAULT '' NOT NULL CONSTRAINT ck_ethics_checklist_note_length CHECK (length("note") <= 10000), 
	owner TEXT DEFAULT '' NOT NULL CONSTRAINT ck_ethics_checklist_owner_length CHECK (length("owner") <= 300), 
	area TEXT DEFAULT '' NOT NULL CONSTRAINT ck_ethics_checklist_area_length CHECK (length("area") <= 300), option TEXT DEFAULT '' NOT NULL CONSTRAINT ck_ethics_checklist_option_length CHECK (length("option") <= 300), option_words TEXT DEFAULT '' NOT NULL CONSTRAINT ck_ethics_checklist_option_words_length CHECK (length("option_words") <= 300), pack TEXT DEFAULT '' NOT NULL CONSTRAINT ck_ethics_checklist_pack_length CHECK (length("pack") <= 300), pack_version INTEGER CONSTRAINT ck_ethics_checklist_pack_version_range CHECK ("pack_version" >= 1), evidence TEXT DEFAULT '' NOT NULL CONSTRAINT ck_ethics_checklist_evidence_length CHECK (length("evidence") <= 300), at_launch TEXT CONSTRAINT ck_ethics_checklist_at_launch_choice CHECK ("at_launch" IN ('kept', 'not_kept')), launch_note TEXT DEFAULT '' NOT NULL CONSTRAINT ck_ethics_checklist_launch_note_length CHECK (length("launch_note") <= 10000), 
	CONSTRAINT pk_ethics_checklist PRIMARY KEY (project_id, id), 
	CONSTRAINT fk_ethics_checklist_project_id FOREIGN KEY(project_id) REFERENCES charter (id) ON DELETE CASCADE
)
 STRICT

;
INSERT INTO "ethics_checklist" VALUES('1598dc2eede3a16e','reversible',1024,0,'[]','Can a wrong outcome be undone, quickly and at no cost to the person it hit?','yes','The customer repeats or types; calls ask before dialling.','','Impact','','','checklist',2,'',NULL,'');
INSERT INTO "ethics_checklist" VALUES('1598dc2eede3a16e','hit_hardest',2048,0,'[]','Do we know who is hit hardest when it errs, and have we talked with them?','yes','Drivers and speakers with an accent; both sat in the workshop.','','Impact','','','checklist',2,'',NULL,'');
INSERT INTO "ethics_checklist" VALUES('1598dc2eede3a16e','left_out',3072,0,'[]','Do we know who is left out or served worse, and is there another way for them?','yes','People who speak no English; the typed field stays where it is.','','Impact','','','checklist',2,'',NULL,'');
INSERT INTO "ethics_checklist" VALUES('1598dc2eede3a16e','misuse',4096,0,'[]','Have we thought through who could abuse it on purpose, and made that hard?','yes','Spoken orders from radio or television: purchases need a tap.','Tom Reyes','Impact','','','checklist',2,'',NULL,'');
INSERT INTO "ethics_checklist" VALUES('1598dc2eede3a16e','informed_consent',5120,0,'[]','Did the people behind the data agree to this use, knowing what they agreed to?','yes','Opt-in in the voice settings; wording confirmed by legal.','Maria Silva','Collection','','','checklist',2,'',NULL,'');
INSERT INTO "ethics_checklist" VALUES('1598dc2eede3a16e','collection_bias',6144,0,'[]','Did we look for people or cases that our way of collecting favours or misses?','yes','Owned clips lean to young men in cities; paid speech is balanced by age and sex.','','Collection','','','checklist',2,'',NULL,'');
INSERT INTO "ethics_checklist" VALUES('1598dc2eede3a16e','limit_personal_data',7168,0,'[]','Do we collect no more personal data than the purpose needs?','yes','No place, no contacts, no customer number in the training data.','','Collection','','','checklist',2,'',NULL,'');
INSERT INTO "ethics_checklist" VALUES('1598dc2eede3a16e','testable_outcomes',8192,0,'[]','Can we check the outcomes for unfairness, because the groups that matter can be told apart?','yes','1,200 volunteers stated first language and age for testing.','','Collection','','','checklist',2,'',NULL,'');
INSERT INTO "ethics_checklist" VALUES('1598dc2eede3a16e','security',9216,0,'[]','Is the data protected in store and on the way, and is access limited to those who need it?','yes','Encrypted store, six people with access, reviewed every quarter.','','Storage','','','checklist',2,'',NULL,'');
INSERT INTO "ethics_checklist" VALUES('1598dc2eede3a16e','right_to_be_forgotten',10240,0,'["answered"]','Can a person have their data removed, from training sets too?',NULL,'Clips can be deleted; whether a trained recogniser forgets them is being clarified.','Maria Silva','Storage','','','checklist',2,'',NULL,'');
INSERT INTO "ethics_checklist" VALUES('1598dc2eede3a16e','retention',11264,0,'[]','Is it agreed when the data is deleted, and by whom?','yes','Audio 18 months, transcripts five years without a link to the person.','','Storage','','','checklist',2,'',NULL,'');
INSERT INTO "ethics_checklist" VALUES('1598dc2eede3a16e','missing_perspectives',12288,0,'[]','Did we ask people who know the matter or live with the result what we overlook?','yes','Support and drivers were asked; deaf customers will be in the next round.','','Analysis','','','checklist',2,'',NULL,'');
INSERT INTO "ethics_checklist" VALUES('1598dc2eede3a16e','dataset_bias',13312,0,'[]','Did we examine the data for stereotypes, gaps and labels that repeat old injustice?','yes','Checked by age and sex; first language follows.','','Analysis','','','checklist',2,'',NULL,'');
INSERT INTO "ethics_checklist" VALUES('1598dc2eede3a16e','honest_representation',14336,0,'[]','Do our charts and numbers show the whole picture, weak results included?','yes','Reports show every group with its number of clips.','','Analysis','','','checklist',2,'',NULL,'');
INSERT INTO "ethics_checklist" VALUES('1598dc2eede3a16e','analysis_privacy',15360,0,'[]','Are people unrecognisable wherever the analysis does not need to know who they are?','yes','Clips carry a random number; voices are heard only by transcribers under contract.','','Analysis','','','checklist',2,'',NULL,'');
INSERT INTO "ethics_checklist" VALUES('1598dc2eede3a16e','auditability',16384,0,'[]','Could somebody else repeat our steps and reach the same result?','yes','Data version, code version and settings are kept with every training.','','Analysis','','','checklist',2,'',NULL,'');
INSERT INTO "ethics_checklist" VALUES('1598dc2eede3a16e','proxy_discrimination',17408,0,'[]','Did we look for inputs that stand in for a protected attribute, such as a postcode for origin?','yes','Type of phone follows income; it is used for sound only and tested by price band.','','Modelling','','','checklist',2,'',NULL,'');
INSERT INTO "ethics_checklist" VALUES('1598dc2eede3a16e','fairness_groups',18432,0,'["answered"]','Did we measure the errors for each group of people, not only on average?',NULL,'Age and sex measured; first language is measured in the proof of concept.','Amara Diallo','Modelling','','','checklist',2,'',NULL,'');
INSERT INTO "ethics_checklist" VALUES('1598dc2eede3a16e','metric_selection',19456,0,'[]','Did we weigh what our metric leaves out, and look at a second one?','yes','Word-level accuracy hides wrong names; query-level accuracy stands beside it.','','Modelling','','','checklist',2,'',NULL,'');
INSERT INTO "ethics_checklist" VALUES('1598dc2eede3a16e','explainability',20480,0,'[]','Can we explain a single result to the person it concerns?','not_applicable','Nothing is decided about a person; the words heard are shown on the screen.','','Modelling','','','checklist',2,'',NULL,'');
INSERT INTO "ethics_checklist" VALUES('1598dc2eede3a16e','communicate_limits',21504,0,'[]','Do users know where it is weak, in words they understand?','yes','The help page says where it is weak: weak connections, other languages.','','Modelling','','','checklist',2,'',NULL,'');
INSERT INTO "ethics_checklist" VALUES('1598dc2eede3a16e','monitoring',22528,0,'[]','Will we notice when it gets worse or unfair after launch, and is somebody in charge?','yes','See Rollout; figures by first language every month.','Amara Diallo','Deployment','','','checklist',2,'',NULL,'');
INSERT INTO "ethics_checklist" VALUES('1598dc2eede3a16e','redress',23552,0,'[]','Is there a person to turn to for somebody who was harmed, and a way to put it right?','yes','“Wrong words” button beside the result, read by support.','','Deployment','','','checklist',2,'',NULL,'');
INSERT INTO "ethics_checklist" VALUES('1598dc2eede3a16e','roll_back',24576,0,'[]','Can we switch it off at once and go on without it?','yes','Release 4 stays installed for three months.','','Deployment','','','checklist',2,'',NULL,'');
INSERT INTO "ethics_checklist" VALUES('1598dc2eede3a16e','unintended_use',25600,0,'[]','Would we notice if it were used for something it was not made for, and stop that?','no','Other teams may call the service for dictation. A list of allowed callers comes with the load test.','Ben Carter','Deployment','','','checklist',2,'',NULL,'');
CREATE TABLE ethics_concerns (
	project_id TEXT NOT NULL, 
	id TEXT NOT NULL, 
	row_order INTEGER NOT NULL, 
	removed INTEGER DEFAULT 0 NOT NULL CONSTRAINT ck_ethics_concerns_removed CHECK (removed IN (0, 1)), 
	unknown TEXT DEFAULT '[]' NOT NULL, 
	concern TEXT DEFAULT '' NOT NULL CONSTRAINT ck_ethics_concerns_concern_length CHECK (length("concern") <= 10000), 
	outcome TEXT CONSTRAINT ck_ethics_concerns_outcome_choice CHECK ("outcome" IN ('open', 'accepted', 'mitigated', 'overruled')), 
	owner TEXT DEFAULT '' NOT NULL CONSTRAINT ck_ethics_concerns_owner_length CHECK (length("owner") <= 300), 
	raised_by TEXT DEFAULT '' NOT NULL CONSTRAINT ck_ethics_concerns_raised_by_length CHECK (length("raised_by") <= 300), 
	raised_on TEXT, 
	debated_by TEXT DEFAULT '' NOT NULL CONSTRAINT ck_ethics_concerns_debated_by_length CHECK (length("debated_by") <= 300), 
	debated_on TEXT, 
	reason TEXT DEFAULT '' NOT NULL CONSTRAINT ck_ethics_concerns_reason_length CHECK (length("reason") <= 10000), accepted_by TEXT DEFAULT '' NOT NULL CONSTRAINT ck_ethics_concerns_accepted_by_length CHECK (length("accepted_by") <= 300), risk TEXT DEFAULT '' NOT NULL, monitor TEXT DEFAULT '' NOT NULL, milestone TEXT DEFAULT '' NOT NULL, planned TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT pk_ethics_concerns PRIMARY KEY (project_id, id), 
	CONSTRAINT fk_ethics_concerns_project_id FOREIGN KEY(project_id) REFERENCES charter (id) ON DELETE CASCADE
)
 STRICT

;
INSERT INTO "ethics_concerns" VALUES('1598dc2eede3a16e','accent_gap',1024,0,'[]','Speakers with an accent are served worse, and an average hides it.','mitigated','Amara Diallo','Support','2026-02-03','Workshop of twelve','2026-02-10','Accuracy by first language becomes a target of its own; above 3 points there is no launch.','','','','','');
INSERT INTO "ethics_concerns" VALUES('1598dc2eede3a16e','listening',2048,0,'[]','Transcribers hear private things that customers never meant to send.','mitigated','Maria Silva','A driver in the workshop','2026-02-10','Legal, speech team','2026-02-17','Only opted-in clips, no link to the person, and transcribers can mark a clip as private, which deletes it.','','','','','');
INSERT INTO "ethics_concerns" VALUES('1598dc2eede3a16e','more_talk_in_car',3072,0,'[]','If it works better, people will search more while driving.','accepted','Tom Reyes','Tom Reyes','2026-02-10','Safety, search product','2026-02-17','Speaking distracts less than typing, which they do today. Searches by typing in the car are watched.','','','','','');
INSERT INTO "ethics_concerns" VALUES('1598dc2eede3a16e','low_bandwidth_people',4096,0,'[]','Regions with weak connections gain nothing.','accepted','Dana Lee','','2026-02-10','Workshop of twelve','2026-02-10','People do not understand those clips either. Better coding of the audio is asked of the network team.','','','','','');
CREATE TABLE ethics_groups (
	project_id TEXT NOT NULL, 
	id TEXT NOT NULL, 
	row_order INTEGER NOT NULL, 
	removed INTEGER DEFAULT 0 NOT NULL CONSTRAINT ck_ethics_groups_removed CHECK (removed IN (0, 1)), 
	unknown TEXT DEFAULT '[]' NOT NULL, 
	name TEXT DEFAULT '' NOT NULL CONSTRAINT ck_ethics_groups_name_length CHECK (length("name") <= 300), 
	why TEXT DEFAULT '' NOT NULL CONSTRAINT ck_ethics_groups_why_length CHECK (length("why") <= 10000), 
	metric TEXT DEFAULT '' NOT NULL CONSTRAINT ck_ethics_groups_metric_length CHECK (length("metric") <= 300), 
	gap REAL CONSTRAINT ck_ethics_groups_gap_range CHECK ("gap" >= 0), 
	unit TEXT DEFAULT '' NOT NULL CONSTRAINT ck_ethics_groups_unit_length CHECK (length("unit") <= 300), 
	milestone TEXT DEFAULT '' NOT NULL, 
	compared_with TEXT DEFAULT '' NOT NULL CONSTRAINT ck_ethics_groups_compared_with_length CHECK (length("compared_with") <= 300), 
	measured_how TEXT DEFAULT '' NOT NULL CONSTRAINT ck_ethics_groups_measured_how_length CHECK (length("measured_how") <= 300), 
	target TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT pk_ethics_groups PRIMARY KEY (project_id, id), 
	CONSTRAINT fk_ethics_groups_project_id FOREIGN KEY(project_id) REFERENCES charter (id) ON DELETE CASCADE
)
 STRICT

;
INSERT INTO "ethics_groups" VALUES('1598dc2eede3a16e','accent',1024,0,'[]','First language not English','A third of the customers; they have no other way to search while driving.','Words right',3.0,'points','test_set','','','test_accent');
CREATE TABLE ethics_legal_path (
	project_id TEXT NOT NULL, 
	id TEXT NOT NULL, 
	row_order INTEGER NOT NULL, 
	removed INTEGER DEFAULT 0 NOT NULL CONSTRAINT ck_ethics_legal_path_removed CHECK (removed IN (0, 1)), 
	unknown TEXT DEFAULT '[]' NOT NULL, 
	question TEXT DEFAULT '' NOT NULL CONSTRAINT ck_ethics_legal_path_question_length CHECK (length("question") <= 10000), 
	chosen TEXT DEFAULT '' NOT NULL CONSTRAINT ck_ethics_legal_path_chosen_length CHECK (length("chosen") <= 300), 
	chosen_words TEXT DEFAULT '' NOT NULL CONSTRAINT ck_ethics_legal_path_chosen_words_length CHECK (length("chosen_words") <= 300), 
	source TEXT DEFAULT '' NOT NULL CONSTRAINT ck_ethics_legal_path_source_length CHECK (length("source") <= 300), 
	rules TEXT DEFAULT '' NOT NULL CONSTRAINT ck_ethics_legal_path_rules_length CHECK (length("rules") <= 300), 
	note TEXT DEFAULT '' NOT NULL CONSTRAINT ck_ethics_legal_path_note_length CHECK (length("note") <= 10000), 
	CONSTRAINT pk_ethics_legal_path PRIMARY KEY (project_id, id), 
	CONSTRAINT fk_ethics_legal_path_project_id FOREIGN KEY(project_id) REFERENCES charter (id) ON DELETE CASCADE
)
 STRICT

;
INSERT INTO "ethics_legal_path" VALUES('1598dc2eede3a16e','algorithm',1024,0,'[]','Does it infer from its inputs how to produce predictions, content, recommendations or decisions?','yes','Yes','Art. 3(1)','EU AI Act, version 2024-07-12','');
INSERT INTO "ethics_legal_path" VALUES('1598dc2eede3a16e','kind',2048,0,'[]','What is it?','system','An AI system for a certain purpose','Art. 3(1), 3(63), 3(66)','EU AI Act, version 2024-07-12','');
INSERT INTO "ethics_legal_path" VALUES('1598dc2eede3a16e','exclusion',3072,0,'[]','Does an exclusion apply?','none','None','Art. 2','EU AI Act, version 2024-07-12','Customers in the Union use it, too.');
INSERT INTO "ethics_legal_path" VALUES('1598dc2eede3a16e','role',4096,0,'[]','Which role do we have?','both','Both','Art. 3(3) to 3(8), 25','EU AI Act, version 2024-07-12','');
INSERT INTO "ethics_legal_path" VALUES('1598dc2eede3a16e','state',5120,0,'[]','Is it in use already?','use','In use','Art. 111','EU AI Act, version 2024-07-12','');
INSERT INTO "ethics_legal_path" VALUES('1598dc2eede3a16e','prohibited',6144,0,'[]','Does it do one of the things that are prohibited?','none','None of these','Art. 5(1)','EU AI Act, version 2024-07-12','');
INSERT INTO "ethics_legal_path" VALUES('1598dc2eede3a16e','product',7168,0,'[]','Is it a product, or a safety component of one, under the law on product safety?','no','No','Art. 6(1), Annex I','EU AI Act, version 2024-07-12','');
INSERT INTO "ethics_legal_path" VALUES('1598dc2eede3a16e','area',8192,0,'[]','Is it used in one of the high-risk areas?','none','None of these','Art. 6(2), Annex III','EU AI Act, version 2024-07-12','');
INSERT INTO "ethics_legal_path" VALUES('1598dc2eede3a16e','transparency',9216,0,'[]','Which of these does it do?','none','None of these','Art. 50(1) to 50(4)','EU AI Act, version 2024-07-12','It turns speech into words; it does not talk back.');
CREATE TABLE ethics_obligations (
	project_id TEXT NOT NULL, 
	id TEXT NOT NULL, 
	row_order INTEGER NOT NULL, 
	removed INTEGER DEFAULT 0 NOT NULL CONSTRAINT ck_ethics_obligations_removed CHECK (removed IN (0, 1)), 
	unknown TEXT DEFAULT '[]' NOT NULL, 
	demand TEXT DEFAULT '' NOT NULL CONSTRAINT ck_ethics_obligations_demand_length CHECK (length("demand") <= 300), 
	state TEXT CONSTRAINT ck_ethics_obligations_state_choice CHECK ("state" IN ('to_do', 'planned', 'done', 'not_needed')), 
	owner TEXT DEFAULT '' NOT NULL CONSTRAINT ck_ethics_obligations_owner_length CHECK (length("owner") <= 300), 
	due TEXT, 
	because TEXT DEFAULT '' NOT NULL CONSTRAINT ck_ethics_obligations_because_length CHECK (length("because") <= 300), 
	milestone TEXT DEFAULT '' NOT NULL, 
	reason TEXT DEFAULT '' NOT NULL CONSTRAINT ck_ethics_obligations_reason_length CHECK (length("reason") <= 10000), 
	at_launch TEXT CONSTRAINT ck_ethics_obligations_at_launch_choice CHECK ("at_launch" IN ('kept', 'not_kept')), 
	launch_note TEXT DEFAULT '' NOT NULL CONSTRAINT ck_ethics_obligations_launch_note_length CHECK (length("launch_note") <= 10000), keeps_low TEXT CONSTRAINT ck_ethics_obligations_keeps_low_choice CHECK ("keeps_low" IN ('decides_people', 'watches_people', 'special_data', 'could_hurt', 'hard_to_undo', 'hidden_machine', 'groups_worse', 'outside_objects')), 
	CONSTRAINT pk_ethics_obligations PRIMARY KEY (project_id, id), 
	CONSTRAINT fk_ethics_obligations_project_id FOREIGN KEY(project_id) REFERENCES charter (id) ON DELETE CASCADE
)
 STRICT

;
INSERT INTO "ethics_obligations" VALUES('1598dc2eede3a16e','deleted',1024,0,'[]','Clips are cut to the query, kept apart from names, and deleted after 18 months; nobody is recognised by voice.','planned','Maria Silva','2026-04-10','','','',NULL,'','special_data');
INSERT INTO "ethics_obligations" VALUES('1598dc2eede3a16e','monitoring',2048,0,'[]','Watch results and errors after launch, with limits at which somebody acts','planned','Ben Carter','2026-10-16','Impact level I and above: monitoring','launch','',NULL,'',NULL);
INSERT INTO "ethics_obligations" VALUES('1598dc2eede3a16e','group_tests',3072,0,'[]','Test the results for each group of people, and repair what is unequal','planned','Amara Diallo','2026-06-19','Impact level II and above: analysis by group','test_set','',NULL,'','groups_worse');
CREATE TABLE ethics_premortem (
	project_id TEXT NOT NULL, 
	id TEXT NOT NULL, 
	row_order INTEGER NOT NULL, 
	removed INTEGER DEFAULT 0 NOT NULL CONSTRAINT ck_ethics_premortem_removed CHECK (removed IN (0, 1)), 
	unknown TEXT DEFAULT '[]' NOT NULL, 
	story TEXT DEFAULT '' NOT NULL CONSTRAINT ck_ethics_premortem_story_length CHECK (length("story") <= 10000), 
	signal TEXT DEFAULT '' NOT NULL CONSTRAINT ck_ethics_premortem_signal_length CHECK (length("signal") <= 300), 
	bound TEXT CONSTRAINT ck_ethics_premortem_bound_choice CHECK ("bound" IN ('above', 'below')), 
	threshold REAL, 
	commitment TEXT CONSTRAINT ck_ethics_premortem_commitment_choice CHECK ("commitment" IN ('kill', 'pivot', 'repair')), 
	decider TEXT DEFAULT '' NOT NULL CONSTRAINT ck_ethics_premortem_decider_length CHECK (length("decider") <= 300), 
	unit TEXT DEFAULT '' NOT NULL CONSTRAINT ck_ethics_premortem_unit_length CHECK (length("unit") <= 300), 
	risk TEXT DEFAULT '' NOT NULL, 
	monitor TEXT DEFAULT '' NOT NULL, 
	milestone TEXT DEFAULT '' NOT NULL, planned TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT pk_ethics_premortem PRIMARY KEY (project_id, id), 
	CONSTRAINT fk_ethics_premortem_project_id FOREIGN KEY(project_id) REFERENCES charter (id) ON DELETE CASCADE
)
 STRICT

;
INSERT INTO "ethics_premortem" VALUES('1598dc2eede3a16e','no_gain',1024,0,'[]','Words got better, and searches did not: people repeated them as often as before.','Searches repeated within 30 seconds','above',9.0,'pivot','Dana Lee','%','','redo','','');
INSERT INTO "ethics_premortem" VALUES('1598dc2eede3a16e','accent_gap',2048,0,'[]','The average rose, and speakers with an accent left.','Gap by first language','above',3.0,'repair','Dana Lee','points','accents','accents','','');
CREATE TABLE ethics_question_packs (
	project_id TEXT NOT NULL, 
	id TEXT NOT NULL, 
	row_order INTEGER NOT NULL, 
	removed INTEGER DEFAULT 0 NOT NULL CONSTRAINT ck_ethics_question_packs_removed CHECK (removed IN (0, 1)), 
	unknown TEXT DEFAULT '[]' NOT NULL, 
	name TEXT DEFAULT '' NOT NULL CONSTRAINT ck_ethics_question_packs_name_length CHECK (length("name") <= 300), 
	definition TEXT DEFAULT '' NOT NULL CONSTRAINT ck_ethics_question_packs_definition_length CHECK (length("definition") <= 30000), 
	CONSTRAINT pk_ethics_question_packs PRIMARY KEY (project_id, id), 
	CONSTRAINT fk_ethics_question_packs_project_id FOREIGN KEY(project_id) REFERENCES charter (id) ON DELETE CASCADE
)
 STRICT

;
CREATE TABLE ethics_risks (
	project_id TEXT NOT NULL, 
	id TEXT NOT NULL, 
	row_order INTEGER NOT NULL, 
	removed INTEGER DEFAULT 0 NOT NULL CONSTRAINT ck_ethics_risks_removed CHECK (removed IN (0, 1)), 
	unknown TEXT DEFAULT '[]' NOT NULL, 
	risk TEXT DEFAULT '' NOT NULL CONSTRAINT ck_ethics_risks_risk_length CHECK (length("risk") <= 10000), 
	likelihood TEXT CONSTRAINT ck_ethics_risks_likelihood_choice CHECK ("likelihood" IN ('1', '2', '3', '4', '5')), 
	severity TEXT CONSTRAINT ck_ethics_risks_severity_choice CHECK ("severity" IN ('1', '2', '3', '4', '5')), 
	mitigation TEXT DEFAULT '' NOT NULL CONSTRAINT ck_ethics_risks_mitigation_length CHECK (length("mitigation") <= 10000), 
	owner TEXT DEFAULT '' NOT NULL CONSTRAINT ck_ethics_risks_owner_length CHECK (length("owner") <= 300), 
	due TEXT, 
	likelihood_left TEXT CONSTRAINT ck_ethics_risks_likelihood_left_choice CHECK ("likelihood_left" IN ('1', '2', '3', '4', '5')), 
	severity_left TEXT CONSTRAINT ck_ethics_risks_severity_left_choice CHECK ("severity_left" IN ('1', '2', '3', '4', '5')), 
	remark TEXT DEFAULT '' NOT NULL CONSTRAINT ck_ethics_risks_remark_length CHECK (length("remark") <= 10000), monitor TEXT DEFAULT '' NOT NULL, milestone TEXT DEFAULT '' NOT NULL, planned TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT pk_ethics_risks PRIMARY KEY (project_id, id), 
	CONSTRAINT fk_ethics_risks_project_id FOREIGN KEY(project_id) REFERENCES charter (id) ON DELETE CASCADE
)
 STRICT

;
INSERT INTO "ethics_risks" VALUES('1598dc2eede3a16e','accents',1024,0,'[]','Speakers with an accent are served worse, and an average hides it','4','3','A target for this group on the test set; alarm on the gap after launch','Amara Diallo','2026-06-19','2','3','','','','');
INSERT INTO "ethics_risks" VALUES('1598dc2eede3a16e','private',2048,0,'[]','Private talk is heard by transcribers','3','4','Clips cut to the query, names removed, transcribers under contract','Maria Silva','2026-04-10','2','3','','','','');
INSERT INTO "ethics_risks" VALUES('1598dc2eede3a16e','slow',3072,0,'[]','The larger recogniser is too slow at peak','3','2','Load test before the comparison','Lena Fischer, search platform','2026-08-07','1','2','','','','');
CREATE TABLE feasibility (
	project_id TEXT NOT NULL, 
	saved_number INTEGER NOT NULL, 
	saved_at TEXT NOT NULL, 
	saved_by TEXT NOT NULL, 
	unknown TEXT DEFAULT '[]' NOT NULL, 
	slices_are TEXT CONSTRAINT ck_feasibility_slices_are_choice CHECK ("slices_are" IN ('exclusive', 'overlapping')), asked_metric TEXT DEFAULT '' NOT NULL CONSTRAINT ck_feasibility_asked_metric_length CHECK (length("asked_metric") <= 300), asked_value REAL, asked_better TEXT CONSTRAINT ck_feasibility_asked_better_choice CHECK ("asked_better" IN ('higher', 'lower')), resembles TEXT CONSTRAINT ck_feasibility_resembles_choice CHECK ("resembles" IN ('purchases', 'weather', 'dna', 'chatter', 'stock')), resembles_why TEXT DEFAULT '' NOT NULL CONSTRAINT ck_feasibility_resembles_why_length CHECK (length("resembles_why") <= 10000), read_up TEXT CONSTRAINT ck_feasibility_read_up_choice CHECK ("read_up" IN ('yes', 'not_yet')), simple_baseline TEXT CONSTRAINT ck_feasibility_simple_baseline_choice CHECK ("simple_baseline" IN ('yes', 'not_yet')), overfitted TEXT CONSTRAINT ck_feasibility_overfitted_choice CHECK ("overfitted" IN ('yes', 'not_yet')), error_loop TEXT CONSTRAINT ck_feasibility_error_loop_choice CHECK ("error_loop" IN ('yes', 'not_yet')), 
	CONSTRAINT pk_feasibility PRIMARY KEY (project_id), 
	CONSTRAINT fk_feasibility_project_id FOREIGN KEY(project_id) REFERENCES charter (id) ON DELETE CASCADE
)
 STRICT

;
INSERT INTO "feasibility" VALUES('1598dc2eede3a16e',1,'2026-12-01T10:15:31.059611+00:00','Ana','[]','exclusive','Words right, in %',91.3,'higher',NULL,'','yes','yes','yes','not_yet');
CREATE TABLE feasibility_benchmarks (
	project_id TEXT NOT NULL, 
	id TEXT NOT NULL, 
	row_order INTEGER NOT NULL, 
	removed INTEGER DEFAULT 0 NOT NULL CONSTRAINT ck_feasibility_benchmarks_removed CHECK (removed IN (0, 1)), 
	unknown TEXT DEFAULT '[]' NOT NULL, 
	name TEXT DEFAULT '' NOT NULL CONSTRAINT ck_feasibility_benchmarks_name_length CHECK (length("name") <= 300), 
	kind TEXT CONSTRAINT ck_feasibility_benchmarks_kind_choice CHECK ("kind" IN ('literature', 'company', 'competitor', 'older_system')), 
	metric TEXT DEFAULT '' NOT NULL CONSTRAINT ck_feasibility_benchmarks_metric_length CHECK (length("metric") <= 300), 
	value REAL, 
	found_on TEXT, 
	data_similarity TEXT CONSTRAINT ck_feasibility_benchmarks_data_similarity_choice CHECK ("data_similarity" IN ('high', 'some', 'low')), 
	setting_similarity TEXT CONSTRAINT ck_feasibility_benchmarks_setting_similarity_choice CHECK ("setting_similarity" IN ('high', 'some', 'low')), 
	better TEXT CONSTRAINT ck_feasibility_benchmarks_better_choice CHECK ("better" IN ('higher', 'lower')), 
	unit TEXT DEFAULT '' NOT NULL CONSTRAINT ck_feasibility_benchmarks_unit_length CHECK (length("unit") <= 300), 
	link TEXT DEFAULT '' NOT NULL CONSTRAINT ck_feasibility_benchmarks_link_length CHECK (length("link") <= 300), 
	solution TEXT DEFAULT '' NOT NULL, 
	remarks TEXT DEFAULT '' NOT NULL CONSTRAINT ck_feasibility_benchmarks_remarks_length CHECK (length("remarks") <= 10000), 
	CONSTRAINT pk_feasibility_benchmarks PRIMARY KEY (project_id, id), 
	CONSTRAINT fk_feasibility_benchmarks_project_id FOREIGN KEY(project_id) REFERENCES charter (id) ON DELETE CASCADE
)
 STRICT

;
INSERT INTO "feasibility_benchmarks" VALUES('1598dc2eede3a16e','vendors',1024,0,'[]','Two vendors, voices in the background','company','Words right in people noise, in %',89.0,'2025-11-17','some','some','higher','%','Vendor report, page 4','consistent_noisy','Their phones are newer than those of our customers.');
INSERT INTO "feasibility_benchmarks" VALUES('1598dc2eede3a16e','rival',2048,0,'[]','The rival''s voice search, on the same 800 clips','competitor','Words right, in %',91.9,'2026-01-30','high','high','higher','%','Listening study 7, table 5','consistent_noisy','');
INSERT INTO "feasibility_benchmarks" VALUES('1598dc2eede3a16e','vendor_on_ours',3072,0,'[]','The vendor''s recogniser on 800 of our clips','company','Words right, in %',91.0,'2025-12-08','high','high','higher','%','Trial log, shared with procurement','buy_recogniser','');
CREATE TABLE feasibility_evidence (
	project_id TEXT NOT NULL, 
	id TEXT NOT NULL, 
	row_order INTEGER NOT NULL, 
	removed INTEGER DEFAULT 0 NOT NULL CONSTRAINT ck_feasibility_evidence_removed CHECK (removed IN (0, 1)), 
	unknown TEXT DEFAULT '[]' NOT NULL, 
	solution TEXT DEFAULT '' NOT NULL, 
	"check" TEXT CONSTRAINT ck_feasibility_evidence_check_choice CHECK ("check" IN ('hlp', 'features', 'history', 'benchmark', 'other')), 
	finding TEXT DEFAULT '' NOT NULL CONSTRAINT ck_feasibility_evidence_finding_length CHECK (length("finding") <= 10000), 
	grade TEXT CONSTRAINT ck_feasibility_evidence_grade_choice CHECK ("grade" IN ('opinion', 'precedent', 'pilot', 'measured')), 
	speaks TEXT CONSTRAINT ck_feasibility_evidence_speaks_choice CHECK ("speaks" IN ('for', 'mixed', 'against')), 
	metric TEXT DEFAULT '' NOT NULL CONSTRAINT ck_feasibility_evidence_metric_length CHECK (length("metric") <= 300), 
	value REAL, 
	source TEXT DEFAULT '' NOT NULL CONSTRAINT ck_feasibility_evidence_source_length CHECK (length("source") <= 300), 
	found_on TEXT, 
	owner TEXT DEFAULT '' NOT NULL CONSTRAINT ck_feasibility_evidence_owner_length CHECK (length("owner") <= 300), 
	similarity TEXT DEFAULT '' NOT NULL CONSTRAINT ck_feasibility_evidence_similarity_length CHECK (length("similarity") <= 10000), 
	same_inputs TEXT CONSTRAINT ck_feasibility_evidence_same_inputs_choice CHECK ("same_inputs" IN ('yes', 'no')), 
	labellers INTEGER CONSTRAINT ck_feasibility_evidence_labellers_range CHECK ("labellers" >= 0), 
	items INTEGER CONSTRAINT ck_feasibility_evidence_items_range CHECK ("items" >= 0), 
	agreement REAL CONSTRAINT ck_feasibility_evidence_agreement_range CHECK ("agreement" >= 0 AND "agreement" <= 100), 
	truth TEXT CONSTRAINT ck_feasibility_evidence_truth_choice CHECK ("truth" IN ('external', 'human')), 
	serving TEXT CONSTRAINT ck_feasibility_evidence_serving_choice CHECK ("serving" IN ('yes', 'no')), 
	delay TEXT DEFAULT '' NOT NULL CONSTRAINT ck_feasibility_evidence_delay_length CHECK (length("delay") <= 300), low REAL, high REAL, measurement TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT pk_feasibility_evidence PRIMARY KEY (project_id, id), 
	CONSTRAINT fk_feasibility_evidence_project_id FOREIGN KEY(project_id) REFERENCES charter (id) ON DELETE CASCADE
)
 STRICT

;
INSERT INTO "feasibility_evidence" VALUES('1598dc2eede3a16e','hlp_slices',1024,0,'[]','consistent_noisy','hlp','Fluent speakers get 91.6 % of the words right over all groups, the recogniser 90.3 %: 1.36 points of room.','measured','for','Words right, in %',91.6,'Listening study 7, team drive','2026-01-23','Ben Carter','','yes',5,800,89.0,'human',NULL,'',NULL,NULL,'');
INSERT INTO "feasibility_evidence" VALUES('1598dc2eede3a16e','hlp_illusion',2048,0,'[]','consistent_noisy','hlp','Beware of beating people: 70 % of transcribers write “um,” and 30 % “umm,”. Two of them agree on 58 % of such clips (0.7 × 0.7 + 0.3 × 0.3); a recogniser that always writes “um,” agrees with one on 70 %. Those 12 points are worth nothing.','measured','mixed','Agreement of two transcribers on clips with filler words, in %',58.0,'Listening study 7, appendix on filler words','2026-02-02','Amara Diallo','','yes',10,500,58.0,'human',NULL,'',NULL,NULL,'');
INSERT INTO "feasibility_evidence" VALUES('1598dc2eede3a16e','history',3072,0,'[]','consistent_noisy','history','The gap to people was 9.5, 4.5, 2.4 and 1.36 points in the last four half-years: it about halves each time. History alone promises 0.7 of the 1.0 points we want.','measured','mixed','Gap to people, in percentage points',1.36,'Release notes of the recogniser, releases 1 to 4','2026-01-28','Ben Carter','',NULL,NULL,NULL,NULL,NULL,NULL,'',NULL,NULL,'');
INSERT INTO "feasibility_evidence" VALUES('1598dc2eede3a16e','pilot_rule',4096,0,'[]','consistent_noisy','other','With a one-page rule, agreement on filler words rose from 58 % to 93 % within two days.','pilot','for','Agreement of two transcribers, in %',93.0,'Notes of the transcription trial','2026-02-09','Amara Diallo','',NULL,2,120,93.0,'human',NULL,'',NULL,NULL,'');
INSERT INTO "feasibility_evidence" VALUES('1598dc2eede3a16e','precedent',5120,0,'[]','consistent_noisy','benchmark','Two vendors report 89 % of words right with voices in the background, on speech like ours.','precedent','for','Words right in people noise, in %',89.0,'Vendor report, page 4, and its test protocol','2025-11-17','Yuki Mori','Same length of query; their phones are newer than those of our customers.',NULL,NULL,NULL,NULL,NULL,NULL,'',NULL,NULL,'');
INSERT INTO "feasibility_evidence" VALUES('1598dc2eede3a16e','vendor_trial',6144,0,'[]','buy_recogniser','benchmark','The vendor gets 91.0 % of words right on 800 of our clips.','pilot','mixed','Words right, in %',91.0,'Trial log, shared with procurement','2025-12-08','Yuki Mori','',NULL,NULL,NULL,NULL,NULL,NULL,'',NULL,NULL,'');
INSERT INTO "feasibility_evidence" VALUES('1598dc2eede3a16e','low_bandwidth',7168,0,'[]','consistent_noisy','other','On weak connections people do no better than the recogniser: the words are not in the audio.','measured','mixed','Words right on weak connections, people, in %',70.0,'Listening study 7, table 3','2026-01-23','Ben Carter','','yes',5,120,NULL,NULL,NULL,'',NULL,NULL,'');
CREATE TABLE feasibility_features (
	project_id TEXT NOT NULL, 
	id TEXT NOT NULL, 
	row_order INTEGER NOT NULL, 
	removed INTEGER DEFAULT 0 NOT NULL CONSTRAINT ck_feasibility_features_removed CHECK (removed IN (0, 1)), 
	unknown TEXT DEFAULT '[]' NOT NULL, 
	name TEXT DEFAULT '' NOT NULL CONSTRAINT ck_feasibility_features_name_length CHECK (length("name") <= 300), 
	known_when TEXT CONSTRAINT ck_feasibility_features_known_when_choice CHECK ("known_when" IN ('before', 'at', 'after')), 
	source TEXT DEFAULT '' NOT NULL CONSTRAINT ck_feasibility_features_source_length CHECK (length("source") <= 300), 
	why TEXT DEFAULT '' NOT NULL CONSTRAINT ck_feasibility_features_why_length CHECK (length("why") <= 10000), 
	checked_by TEXT DEFAULT '' NOT NULL CONSTRAINT ck_feasibility_features_checked_by_length CHECK (length("checked_by") <= 300), 
	signal TEXT CONSTRAINT ck_feasibility_features_signal_choice CHECK ("signal" IN ('carries', 'none', 'leak')), 
	checked_on TEXT, 
	measurement TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT pk_feasibility_features PRIMARY KEY (project_id, id), 
	CONSTRAINT fk_feasibility_features_project_id FOREIGN KEY(project_id) REFERENCES charter (id) ON DELETE CASCADE
)
 STRICT

;
INSERT INTO "feasibility_features" VALUES('1598dc2eede3a16e','audio',1024,0,'[]','Audio of the query','at','Microphone of the phone, 16 kHz','The words are in it; on weak connections parts of it are missing.','Ben Carter',NULL,NULL,'');
INSERT INTO "feasibility_features" VALUES('1598dc2eede3a16e','phone_type',2048,0,'[]','Type of phone','before','Voice service, with every query','Microphones differ; two models cut the first 80 ms.','Yuki Mori',NULL,NULL,'');
INSERT INTO "feasibility_features" VALUES('1598dc2eede3a16e','typed_after',3072,0,'[]','What the customer types after a failed search','after','Log of searches','Often it is what was said. It can become a label, never an input.','',NULL,NULL,'');
CREATE TABLE feasibility_history (
	project_id TEXT NOT NULL, 
	id TEXT NOT NULL, 
	row_order INTEGER NOT NULL, 
	removed INTEGER DEFAULT 0 NOT NULL CONSTRAINT ck_feasibility_history_removed CHECK (removed IN (0, 1)), 
	unknown TEXT DEFAULT '[]' NOT NULL, 
	"when" TEXT, 
	value REAL, 
	metric TEXT DEFAULT '' NOT NULL CONSTRAINT ck_feasibility_history_metric_length CHECK (length("metric") <= 300), 
	better TEXT CONSTRAINT ck_feasibility_history_better_choice CHECK ("better" IN ('higher', 'lower')), 
	hlp REAL, 
	solution TEXT DEFAULT '' NOT NULL, 
	release TEXT DEFAULT '' NOT NULL CONSTRAINT ck_feasibility_history_release_length CHECK (length("release") <= 300), 
	source TEXT DEFAULT '' NOT NULL CONSTRAINT ck_feasibility_history_source_length CHECK (length("source") <= 300), 
	CONSTRAINT pk_feasibility_history PRIMARY KEY (project_id, id), 
	CONSTRAINT fk_feasibility_history_project_id FOREIGN KEY(project_id) REFERENCES charter (id) ON DELETE CASCADE
)
 STRICT

;
INSERT INTO "feasibility_history" VALUES('1598dc2eede3a16e','release_1',1024,0,'[]','2024-07-08',82.1,'Words right, in %','higher',91.6,'consistent_noisy','1','Release notes');
INSERT INTO "feasibility_history" VALUES('1598dc2eede3a16e','release_2',2048,0,'[]','2025-01-13',87.1,'Words right, in %','higher',91.6,'consistent_noisy','2','Release notes');
INSERT INTO "feasibility_history" VALUES('1598dc2eede3a16e','release_3',3072,0,'[]','2025-07-07',89.2,'Words right, in %','higher',91.6,'consistent_noisy','3','Release notes');
INSERT INTO "feasibility_history" VALUES('1598dc2eede3a16e','release_4',4096,0,'[]','2026-01-12',90.24,'Words right, in %','higher',91.6,'consistent_noisy','4','Release notes');
CREATE TABLE feasibility_hypotheses (
	project_id TEXT NOT NULL, 
	id TEXT NOT NULL, 
	row_order INTEGER NOT NULL, 
	removed INTEGER DEFAULT 0 NOT NULL CONSTRAINT ck_feasibility_hypotheses_removed CHECK (removed IN (0, 1)), 
	unknown TEXT DEFAULT '[]' NOT NULL, 
	belief TEXT DEFAULT '' NOT NULL CONSTRAINT ck_feasibility_hypotheses_belief_length CHECK (length("belief") <= 10000), 
	how TEXT DEFAULT '' NOT NULL CONSTRAINT ck_feasibility_hypotheses_how_length CHECK (length("how") <= 10000), 
	data TEXT DEFAULT '' NOT NULL CONSTRAINT ck_feasibility_hypotheses_data_length CHECK (length("data") <= 300), 
	metric TEXT DEFAULT '' NOT NULL CONSTRAINT ck_feasibility_hypotheses_metric_length CHECK (length("metric") <= 300), 
	success REAL, 
	stop REAL, 
	better TEXT CONSTRAINT ck_feasibility_hypotheses_better_choice CHECK ("better" IN ('higher', 'lower')), 
	owner TEXT DEFAULT '' NOT NULL CONSTRAINT ck_feasibility_hypotheses_owner_length CHECK (length("owner") <= 300), 
	due TEXT, 
	days REAL CONSTRAINT ck_feasibility_hypotheses_days_range CHECK ("days" >= 0), 
	manual TEXT DEFAULT '' NOT NULL CONSTRAINT ck_feasibility_hypotheses_manual_length CHECK (length("manual") <= 10000), 
	solution TEXT DEFAULT '' NOT NULL, 
	"check" TEXT CONSTRAINT ck_feasibility_hypotheses_check_choice CHECK ("check" IN ('hlp', 'features', 'history', 'benchmark', 'other')), 
	milestone TEXT DEFAULT '' NOT NULL, 
	result REAL, 
	cases INTEGER CONSTRAINT ck_feasibility_hypotheses_cases_range CHECK ("cases" >= 0), 
	tried_on TEXT, 
	came_out TEXT CONSTRAINT ck_feasibility_hypotheses_came_out_choice CHECK ("came_out" IN ('confirmed', 'refuted', 'unclear')), 
	learnt TEXT DEFAULT '' NOT NULL CONSTRAINT ck_feasibility_hypotheses_learnt_length CHECK (length("learnt") <= 10000), 
	CONSTRAINT pk_feasibility_hypotheses PRIMARY KEY (project_id, id), 
	CONSTRAINT fk_feasibility_hypotheses_project_id FOREIGN KEY(project_id) REFERENCES charter (id) ON DELETE CASCADE
)
 STRICT

;
INSERT INTO "feasibility_hypotheses" VALUES('1598dc2eede3a16e','paid_speech',1024,0,'[]','Sentences read aloud by paid speakers help with real queries in people noise.','Train once with and once without 50 hours of paid speech, compare on queries with voices in the background.','100 hours of our own, 50 hours of paid speech','Words right in people noise, in %',88.5,87.2,'higher','Ben Carter','2026-07-10',8.0,'Noise is mixed in by hand; nothing runs in the service.','',NULL,'poc',NULL,NULL,NULL,NULL,'');
CREATE TABLE feasibility_measurements (
	project_id TEXT NOT NULL, 
	id TEXT NOT NULL, 
	row_order INTEGER NOT NULL, 
	removed INTEGER DEFAULT 0 NOT NULL CONSTRAINT ck_feasibility_measurements_removed CHECK (removed IN (0, 1)), 
	unknown TEXT DEFAULT '[]' NOT NULL, 
	headline TEXT DEFAULT '' NOT NULL CONSTRAINT ck_feasibility_measurements_headline_length CHECK (length("headline") <= 300), 
	method TEXT CONSTRAINT ck_feasibility_measurements_method_choice CHECK ("method" IN ('hlp', 'signal', 'slices', 'profile')), 
	version TEXT DEFAULT '' NOT NULL CONSTRAINT ck_feasibility_measurements_version_length CHECK (length("version") <= 300), 
	file_name TEXT DEFAULT '' NOT NULL CONSTRAINT ck_feasibility_measurements_file_name_length CHECK (length("file_name") <= 300), 
	file_hash TEXT DEFAULT '' NOT NULL CONSTRAINT ck_feasibility_measurements_file_hash_length CHECK (length("file_hash") <= 300), 
	rows INTEGER CONSTRAINT ck_feasibility_measurements_rows_range CHECK ("rows" >= 0), 
	rows_used INTEGER CONSTRAINT ck_feasibility_measurements_rows_used_range CHECK ("rows_used" >= 0), 
	measured_on TEXT, 
	author TEXT DEFAULT '' NOT NULL CONSTRAINT ck_feasibility_measurements_author_length CHECK (length("author") <= 300), 
	settings TEXT DEFAULT '' NOT NULL CONSTRAINT ck_feasibility_measurements_settings_length CHECK (length("settings") <= 30000), 
	result TEXT DEFAULT '' NOT NULL CONSTRAINT ck_feasibility_measurements_result_length CHECK (length("result") <= 30000), 
	CONSTRAINT pk_feasibility_measurements PRIMARY KEY (project_id, id), 
	CONSTRAINT fk_feasibility_measurements_project_id FOREIGN KEY(project_id) REFERENCES charter (id) ON DELETE CASCADE
)
 STRICT

;
CREATE TABLE feasibility_slices (
	project_id TEXT NOT NULL, 
	id TEXT NOT NULL, 
	row_order INTEGER NOT NULL, 
	removed INTEGER DEFAULT 0 NOT NULL CONSTRAINT ck_feasibility_slices_removed CHECK (removed IN (0, 1)), 
	unknown TEXT DEFAULT '[]' NOT NULL, 
	name TEXT DEFAULT '' NOT NULL CONSTRAINT ck_feasibility_slices_name_length CHECK (length("name") <= 300), 
	model REAL CONSTRAINT ck_feasibility_slices_model_range CHECK ("model" >= 0 AND "model" <= 100), 
	hlp REAL CONSTRAINT ck_feasibility_slices_hlp_range CHECK ("hlp" >= 0 AND "hlp" <= 100), 
	share REAL CONSTRAINT ck_feasibility_slices_share_range CHECK ("share" >= 0 AND "share" <= 100), 
	ease INTEGER CONSTRAINT ck_feasibility_slices_ease_range CHECK ("ease" >= 1 AND "ease" <= 5), 
	importance INTEGER CONSTRAINT ck_feasibility_slices_importance_range CHECK ("importance" >= 1 AND "importance" <= 5), kind TEXT CONSTRAINT ck_feasibility_slices_kind_choice CHECK ("kind" IN ('ordinary', 'rare', 'protected')), cases INTEGER CONSTRAINT ck_feasibility_slices_cases_range CHECK ("cases" >= 0), errors INTEGER CONSTRAINT ck_feasibility_slices_errors_range CHECK ("errors" >= 0), must_not_fail TEXT CONSTRAINT ck_feasibility_slices_must_not_fail_choice CHECK ("must_not_fail" IN ('yes', 'no')), importance_why TEXT DEFAULT '' NOT NULL CONSTRAINT ck_feasibility_slices_importance_why_length CHECK (length("importance_why") <= 10000), 
	CONSTRAINT pk_feasibility_slices PRIMARY KEY (project_id, id), 
	CONSTRAINT fk_feasibility_slices_project_id FOREIGN KEY(project_id) REFERENCES charter (id) ON DELETE CASCADE
)
 STRICT

;
INSERT INTO "feasibility_slices" VALUES('1598dc2eede3a16e','clear_speech',1024,0,'[]','Clear speech',94.0,95.0,60.0,3,4,NULL,NULL,NULL,NULL,'');
INSERT INTO "feasibility_slices" VALUES('1598dc2eede3a16e','car_noise',2048,0,'[]','Car noise',89.0,93.0,4.0,4,5,NULL,NULL,NULL,'yes','Drivers look away from the road when they have to repeat.');
INSERT INTO "feasibility_slices" VALUES('1598dc2eede3a16e','people_noise',3072,0,'[]','People noise',87.0,89.0,30.0,3,4,NULL,NULL,NULL,NULL,'');
INSERT INTO "feasibility_slices" VALUES('1598dc2eede3a16e','low_bandwidth',4096,0,'[]','Low bandwidth',70.0,70.0,6.0,1,3,NULL,NULL,NULL,NULL,'');
CREATE TABLE feasibility_verdicts (
	project_id TEXT NOT NULL, 
	id TEXT NOT NULL, 
	row_order INTEGER NOT NULL, 
	removed INTEGER DEFAULT 0 NOT NULL CONSTRAINT ck_feasibility_verdicts_removed CHECK (removed IN (0, 1)), 
	unknown TEXT DEFAULT '[]' NOT NULL, 
	solution TEXT DEFAULT '' NOT NULL, 
	opinion TEXT CONSTRAINT ck_feasibility_verdicts_opinion_choice CHECK ("opinion" IN ('feasible', 'doubtful', 'not_feasible', 'too_little')), 
	reason TEXT DEFAULT '' NOT NULL CONSTRAINT ck_feasibility_verdicts_reason_length CHECK (length("reason") <= 10000), 
	decided_by TEXT DEFAULT '' NOT NULL CONSTRAINT ck_feasibility_verdicts_decided_by_length CHECK (length("decided_by") <= 300), 
	decided_on TEXT, 
	next_check TEXT DEFAULT '' NOT NULL CONSTRAINT ck_feasibility_verdicts_next_check_length CHECK (length("next_check") <= 10000), 
	CONSTRAINT pk_feasibility_verdicts PRIMARY KEY (project_id, id), 
	CONSTRAINT fk_feasibility_verdicts_project_id FOREIGN KEY(project_id) REFERENCES charter (id) ON DELETE CASCADE
)
 STRICT

;
INSERT INTO "feasibility_verdicts" VALUES('1598dc2eede3a16e','chosen',1024,0,'[]','consistent_noisy','feasible','Of 1.36 points of room, 0.7 are what history would bring anyway; one rule for transcripts and speech from noisy places make the remaining 0.3 plausible. Weak connections cannot be improved by listening better.','Dana Lee and Ben Carter','2026-02-16','Below 88 % in people noise after six weeks');
INSERT INTO "feasibility_verdicts" VALUES('1598dc2eede3a16e','bought',2048,0,'[]','buy_recogniser','doubtful','It works, but hardly better than ours and for nearly twenty times the running cost.','Dana Lee and Ben Carter','2026-02-16','A version that runs in our own data centre');
CREATE TABLE health (
	project_id TEXT NOT NULL, 
	from_day TEXT NOT NULL, 
	to_day TEXT NOT NULL, 
	word TEXT NOT NULL CONSTRAINT ck_health_word_choice CHECK ("word" IN ('late', 'at_risk', 'ready', 'draft', 'signed', 'on_track', 'stopped', 'closed')), 
	reason TEXT NOT NULL, 
	late_since TEXT, 
	CONSTRAINT pk_health PRIMARY KEY (project_id, from_day), 
	CONSTRAINT fk_health_project_id FOREIGN KEY(project_id) REFERENCES charter (id) ON DELETE CASCADE
)
 STRICT

;
INSERT INTO "health" VALUES('1598dc2eede3a16e','0001-01-01','9999-12-31','late','“Recogniser that holds its gain on the latest two months of…” was due on 19 Jun 2026; 2 of 5 targets are missed: Word-level accuracy, 91.2 % (at least 91.3 %); Search-result quality, 75.1 % (at least 75.6 %). 3 more milestones are late.','2026-06-19');
CREATE TABLE kept_file (
	project_id TEXT NOT NULL, 
	sha256 TEXT NOT NULL, 
	name TEXT NOT NULL, 
	size INTEGER NOT NULL, 
	packed BLOB NOT NULL, 
	kept_at TEXT NOT NULL, 
	kept_by TEXT NOT NULL, 
	CONSTRAINT pk_kept_file PRIMARY KEY (project_id, sha256), 
	CONSTRAINT fk_kept_file_project_id FOREIGN KEY(project_id) REFERENCES charter (id) ON DELETE CASCADE
)
 STRICT

;
CREATE TABLE milestone_state (
	project_id TEXT NOT NULL, 
	milestone TEXT NOT NULL, 
	from_day TEXT NOT NULL, 
	to_day TEXT NOT NULL, 
	state TEXT NOT NULL CONSTRAINT ck_milestone_state_state_choice CHECK ("state" IN ('late', 'at_risk', 'unknown', 'on_track', 'not_started', 'done', 'stopped')), 
	CONSTRAINT pk_milestone_state PRIMARY KEY (project_id, milestone, from_day), 
	CONSTRAINT fk_milestone_state_project_id FOREIGN KEY(project_id) REFERENCES charter (id) ON DELETE CASCADE
)
 STRICT

;
INSERT INTO "milestone_state" VALUES('1598dc2eede3a16e','test_set','0001-01-01','9999-12-31','late');
INSERT INTO "milestone_state" VALUES('1598dc2eede3a16e','service','0001-01-01','9999-12-31','late');
INSERT INTO "milestone_state" VALUES('1598dc2eede3a16e','launch','0001-01-01','9999-12-31','late');
INSERT INTO "milestone_state" VALUES('1598dc2eede3a16e','ab_test','0001-01-01','9999-12-31','late');
INSERT INTO "milestone_state" VALUES('1598dc2eede3a16e','poc','0001-01-01','9999-12-31','done');
CREATE TABLE milestones (
	project_id TEXT NOT NULL, 
	saved_number INTEGER NOT NULL, 
	saved_at TEXT NOT NULL, 
	saved_by TEXT NOT NULL, 
	unknown TEXT DEFAULT '[]' NOT NULL, 
	benchmark TEXT DEFAULT '' NOT NULL CONSTRAINT ck_milestones_benchmark_length CHECK (length("benchmark") <= 10000), 
	budget_note TEXT DEFAULT '' NOT NULL CONSTRAINT ck_milestones_budget_note_length CHECK (length("budget_note") <= 10000), work_week TEXT CONSTRAINT ck_milestones_work_week_choice CHECK ("work_week" IN ('mon_fri', 'sun_thu', 'mon_sat', 'all')), reference_kind TEXT DEFAULT '' NOT NULL CONSTRAINT ck_milestones_reference_kind_length CHECK (length("reference_kind") <= 300), usual_overrun REAL CONSTRAINT ck_milestones_usual_overrun_range CHECK ("usual_overrun" >= 0.1 AND "usual_overrun" <= 20), bad_overrun REAL CONSTRAINT ck_milestones_bad_overrun_range CHECK ("bad_overrun" >= 0.1 AND "bad_overrun" <= 50), overrun_source TEXT DEFAULT '' NOT NULL CONSTRAINT ck_milestones_overrun_source_length CHECK (length("overrun_source") <= 300), 
	CONSTRAINT pk_milestones PRIMARY KEY (project_id), 
	CONSTRAINT fk_milestones_project_id FOREIGN KEY(project_id) REFERENCES charter (id) ON DELETE CASCADE
)
 STRICT

;
INSERT INTO "milestones" VALUES('1598dc2eede3a16e',1,'2026-12-01T10:15:31.059611+00:00','Ana','[]','Release 4 took seven months from first data to launch. We start with a six-week proof of concept; its first loop of training and error analysis runs within four days, on the 100 hours we own.','Money covers data, computing and tests: $60,000 in all. The team''s own time is counted in Value.',NULL,'Recogniser, retrained',NULL,NULL,'');
CREATE TABLE milestones_assignments (
	project_id TEXT NOT NULL, 
	id TEXT NOT NULL, 
	row_order INTEGER NOT NULL, 
	removed INTEGER DEFAULT 0 NOT NULL CONSTRAINT ck_milestones_assignments_removed CHECK (removed IN (0, 1)), 
	unknown TEXT DEFAULT '[]' NOT NULL, 
	milestone TEXT DEFAULT '' NOT NULL, 
	person TEXT DEFAULT '' NOT NULL, 
	share REAL CONSTRAINT ck_milestones_assignments_share_range CHECK ("share" >= 0 AND "share" <= 100), 
	CONSTRAINT pk_milestones_assignments PRIMARY KEY (project_id, id), 
	CONSTRAINT fk_milestones_assignments_project_id FOREIGN KEY(project_id) REFERENCES charter (id) ON DELETE CASCADE
)
 STRICT

;
INSERT INTO "milestones_assignments" VALUES('1598dc2eede3a16e','poc_ben',1024,0,'[]','poc','ben',100.0);
INSERT INTO "milestones_assignments" VALUES('1598dc2eede3a16e','poc_ml',2048,0,'[]','poc','ml',100.0);
INSERT INTO "milestones_assignments" VALUES('1598dc2eede3a16e','poc_data',3072,0,'[]','poc','data',50.0);
INSERT INTO "milestones_assignments" VALUES('1598dc2eede3a16e','poc_linguist',4096,0,'[]','poc','linguist',40.0);
INSERT INTO "milestones_assignments" VALUES('1598dc2eede3a16e','test_set_ben',5120,0,'[]','test_set','ben',100.0);
INSERT INTO "milestones_assignments" VALUES('1598dc2eede3a16e','test_set_ml',6144,0,'[]','test_set','ml',100.0);
INSERT INTO "milestones_assignments" VALUES('1598dc2eede3a16e','test_set_data',7168,0,'[]','test_set','data',50.0);
INSERT INTO "milestones_assignments" VALUES('1598dc2eede3a16e','service_ml',8192,0,'[]','service','ml',100.0);
INSERT INTO "milestones_assignments" VALUES('1598dc2eede3a16e','service_soft',9216,0,'[]','service','soft',100.0);
INSERT INTO "milestones_assignments" VALUES('1598dc2eede3a16e','service_soft2',10240,0,'[]','service','soft2',60.0);
INSERT INTO "milestones_assignments" VALUES('1598dc2eede3a16e','ab_test_analyst',11264,0,'[]','ab_test','analyst',100.0);
INSERT INTO "milestones_assignments" VALUES('1598dc2eede3a16e','ab_test_ben',12288,0,'[]','ab_test','ben',50.0);
INSERT INTO "milestones_assignments" VALUES('1598dc2eede3a16e','launch_ml',13312,0,'[]','launch','ml',100.0);
INSERT INTO "milestones_assignments" VALUES('1598dc2eede3a16e','launch_soft',14336,0,'[]','launch','soft',100.0);
CREATE TABLE milestones_baselines (
	project_id TEXT NOT NULL, 
	id TEXT NOT NULL, 
	row_order INTEGER NOT NULL, 
	removed INTEGER DEFAULT 0 NOT NULL CONSTRAINT ck_milestones_baselines_removed CHECK (removed IN (0, 1)), 
	unknown TEXT DEFAULT '[]' NOT NULL, 
	name TEXT DEFAULT '' NOT NULL CONSTRAINT ck_milestones_baselines_name_length CHECK (length("name") <= 300), 
	frozen_on TEXT, 
	author TEXT DEFAULT '' NOT NULL CONSTRAINT ck_milestones_baselines_author_length CHECK (length("author") <= 300), 
	reason TEXT DEFAULT '' NOT NULL CONSTRAINT ck_milestones_baselines_reason_length CHECK (length("reason") <= 10000), 
	"plan" TEXT DEFAULT '' NOT NULL CONSTRAINT ck_milestones_baselines_plan_length CHECK (length("plan") <= 30000), 
	CONSTRAINT pk_milestones_baselines PRIMARY KEY (project_id, id), 
	CONSTRAINT fk_milestones_baselines_project_id FOREIGN KEY(project_id) REFERENCES charter (id) ON DELETE CASCADE
)
 STRICT

;
INSERT INTO "milestones_baselines" VALUES('1598dc2eede3a16e','agreed',1024,0,'[]','Agreed with the sponsor','2026-03-02','Dana Lee','','{"version":1,"milestones":[ {"id":"poc","title":"Proof of concept: one transcription rule, recogniser retrai…","start":"2026-03-02","due":"2026-04-03","p50":"2026-04-10","p80":"2026-04-21","days":27.0}, {"id":"test_set","title":"Recogniser that holds its gain on the latest two months of…","start":"2026-04-13","due":"2026-06-19","p50":"2026-06-22","p80":"2026-07-17","days":46.0}, {"id":"service","title":"Service that carries the full load, tried in twenty cars","start":"2026-06-22","due":"2026-08-07","p50":"2026-08-20","p80":"2026-09-25","days":30.0}, {"id":"ab_test","title":"A/B test on 5 % of voice users, evaluated","start":"2026-08-10","due":"2026-09-11","p50":"2026-09-23","p80":"2026-11-05","days":22.0}, {"id":"launch","title":"All customers, with monitoring and a monthly sample of tran…","start":"2026-09-14","due":"2026-10-16","p50":"2026-10-23","p80":"2026-12-14","days":20.0}]}');
CREATE TABLE milestones_checkins (
	project_id TEXT NOT NULL, 
	id TEXT NOT NULL, 
	row_order INTEGER NOT NULL, 
	removed INTEGER DEFAULT 0 NOT NULL CONSTRAINT ck_milestones_checkins_removed CHECK (removed IN (0, 1)), 
	unknown TEXT DEFAULT '[]' NOT NULL, 
	held_on TEXT, 
	changed TEXT DEFAULT '' NOT NULL CONSTRAINT ck_milestones_checkins_changed_length CHECK (length("changed") <= 10000), 
	confidence INTEGER CONSTRAINT ck_milestones_checkins_confidence_range CHECK ("confidence" >= 1 AND "confidence" <= 5), 
	risks TEXT DEFAULT '' NOT NULL CONSTRAINT ck_milestones_checkins_risks_length CHECK (length("risks") <= 10000), 
	help_needed TEXT DEFAULT '' NOT NULL CONSTRAINT ck_milestones_checkins_help_needed_length CHECK (length("help_needed") <= 10000), 
	author TEXT DEFAULT '' NOT NULL CONSTRAINT ck_milestones_checkins_author_length CHECK (length("author") <= 300), pace TEXT CONSTRAINT ck_milestones_checkins_pace_choice CHECK ("pace" IN ('on_track', 'at_risk', 'off_track')), coming TEXT DEFAULT '' NOT NULL CONSTRAINT ck_milestones_checkins_coming_length CHECK (length("coming") <= 10000), 
	CONSTRAINT pk_milestones_checkins PRIMARY KEY (project_id, id), 
	CONSTRAINT fk_milestones_checkins_project_id FOREIGN KEY(project_id) REFERENCES charter (id) ON DELETE CASCADE
)
 STRICT

;
INSERT INTO "milestones_checkins" VALUES('1598dc2eede3a16e','first',1024,0,'[]','2026-04-10','The proof of concept is reached: 88.2 % of words right in people noise.',NULL,'Speakers with an accent: the gap is not measured yet.','','Ben Carter','on_track','A guide for accents, then the latest two months.');
INSERT INTO "milestones_checkins" VALUES('1598dc2eede3a16e','second',2048,0,'[]','2026-05-22','91.0 % of words right on the latest two months; the gap by first language is 3.6 points.',NULL,'The last tenths come slowly.','Devices: recordings with the new phones','Ben Carter','on_track','Another loop of error analysis, on accents first.');
INSERT INTO "milestones_checkins" VALUES('1598dc2eede3a16e','third',3072,0,'[]','2026-06-19','Car noise, accents and memory are met. Word-level accuracy stands at 91.2 %, a tenth short, and search results at 75.1 %.',NULL,'Two more loops of error analysis may be needed, so the service starts later.','Dana: is a tenth short enough to go on?','Ben Carter','at_risk','Two more loops of error analysis; the gate is held meanwhile.');
CREATE TABLE milestones_holidays (
	project_id TEXT NOT NULL, 
	id TEXT NOT NULL, 
	row_order INTEGER NOT NULL, 
	removed INTEGER DEFAULT 0 NOT NULL CONSTRAINT ck_milestones_holidays_removed CHECK (removed IN (0, 1)), 
	unknown TEXT DEFAULT '[]' NOT NULL, 
	day TEXT, 
	name TEXT DEFAULT '' NOT NULL CONSTRAINT ck_milestones_holidays_name_length CHECK (length("name") <= 300), 
	CONSTRAINT pk_milestones_holidays PRIMARY KEY (project_id, id), 
	CONSTRAINT fk_milestones_holidays_project_id FOREIGN KEY(project_id) REFERENCES charter (id) ON DELETE CASCADE
)
 STRICT

;
INSERT INTO "milestones_holidays" VALUES('1598dc2eede3a16e','spring',1024,0,'[]','2026-04-06','Public holiday in spring');
INSERT INTO "milestones_holidays" VALUES('1598dc2eede3a16e','memorial',2048,0,'[]','2026-05-25','Public holiday');
INSERT INTO "milestones_holidays" VALUES('1598dc2eede3a16e','labour',3072,0,'[]','2026-09-07','Public holiday in autumn');
CREATE TABLE milestones_milestones (
	project_id TEXT NOT NULL, 
	id TEXT NOT NULL, 
	row_order INTEGER NOT NULL, 
	removed INTEGER DEFAULT 0 NOT NULL CONSTRAINT ck_milestones_milestones_removed CHECK (removed IN (0, 1)), 
	unknown TEXT DEFAULT '[]' NOT NULL, 
	deliverable TEXT DEFAULT '' NOT NULL CONSTRAINT ck_milestones_milestones_deliverable_length CHECK (length("deliverable") <= 300), 
	owner TEXT DEFAULT '' NOT NULL CONSTRAINT ck_milestones_milestones_owner_length CHECK (length("owner") <= 300), 
	start TEXT, 
	due TEXT, 
	kind TEXT CONSTRAINT ck_milestones_milestones_kind_choice CHECK ("kind" IN ('poc', 'training', 'test', 'business', 'launch', 'other')), 
	depends_on TEXT DEFAULT '[]' NOT NULL, 
	kill_criteria TEXT DEFAULT '' NOT NULL CONSTRAINT ck_milestones_milestones_kill_criteria_length CHECK (length("kill_criteria") <= 10000), 
	decider TEXT DEFAULT '' NOT NULL CONSTRAINT ck_milestones_milestones_decider_length CHECK (length("decider") <= 300), 
	people TEXT DEFAULT '' NOT NULL CONSTRAINT ck_milestones_milestones_people_length CHECK (length("people") <= 10000), 
	data_needed TEXT DEFAULT '' NOT NULL CONSTRAINT ck_milestones_milestones_data_needed_length CHECK (length("data_needed") <= 10000), 
	compute TEXT DEFAULT '' NOT NULL CONSTRAINT ck_milestones_milestones_compute_length CHECK (length("compute") <= 300), 
	help_from TEXT DEFAULT '' NOT NULL CONSTRAINT ck_milestones_milestones_help_from_length CHECK (length("help_from") <= 300), 
	money INTEGER CONSTRAINT ck_milestones_milestones_money_range CHECK ("money" >= 0), 
	currency TEXT NOT NULL CONSTRAINT ck_milestones_milestones_currency_choice CHECK ("currency" IN ('USD', 'EUR', 'GBP', 'CHF', 'CAD', 'AUD', 'NZD', 'SEK', 'NOK', 'DKK', 'PLN', 'CZK', 'TRY', 'ILS', 'AED', 'SAR', 'KWD', 'IRR', 'INR', 'CNY', 'JPY', 'KRW', 'SGD', 'HKD', 'BRL', 'MXN', 'ZAR', 'NGN')), reached_on TEXT, best_days REAL CONSTRAINT ck_milestones_milestones_best_days_range CHECK ("best_days" >= 0 AND "best_days" <= 10000), likely_days REAL CONSTRAINT ck_milestones_milestones_likely_days_range CHECK ("likely_days" >= 0 AND "likely_days" <= 10000), worst_days REAL CONSTRAINT ck_milestones_milestones_worst_days_range CHECK ("worst_days" >= 0 AND "worst_days" <= 10000), gate TEXT CONSTRAINT ck_milestones_milestones_gate_choice CHECK ("gate" IN ('go', 'rework', 'stop')), gate_on TEXT, gate_reason TEXT DEFAULT '' NOT NULL CONSTRAINT ck_milestones_milestones_gate_reason_length CHECK (length("gate_reason") <= 10000), obligations TEXT DEFAULT '[]' NOT NULL, accepted_by TEXT DEFAULT '' NOT NULL CONSTRAINT ck_milestones_milestones_accepted_by_length CHECK (length("accepted_by") <= 10000), 
	CONSTRAINT pk_milestones_milestones PRIMARY KEY (project_id, id), 
	CONSTRAINT fk_milestones_milestones_project_id FOREIGN KEY(project_id) REFERENCES charter (id) ON DELETE CASCADE
)
 STRICT

;
INSERT INTO "milestones_milestones" VALUES('1598dc2eede3a16e','poc',1024,0,'[]','Proof of concept: one transcription rule, recogniser retrained on noisy speech, measured by group','Ben Carter','2026-03-02','2026-04-10','poc','[]','Stop below 87.5 % of words right in people noise; rework between 87.5 % and 88 %.','Dana Lee','Two ML engineers, half a data engineer, one linguist for two weeks','Owned 100 h, paid transcripts 100 h, crowdsourced reading 1,000 h','Four GPUs, already there','Legal: contract with the transcribers',1600000,'USD','2026-04-10',22.0,27.0,40.0,'go','2026-04-10','88.2 % of words right in people noise: above the bar, in three loops instead of two.','[]','Business: Dana Lee. Technical: Ben Carter.');
INSERT INTO "milestones_milestones" VALUES('1598dc2eede3a16e','test_set',2048,0,'[]','Recogniser that holds its gain on the latest two months of queries','Ben Carter','2026-04-13','2026-06-19','test','["poc"]','Stop if word-level accuracy stays below 90.8 % after two rounds of error analysis.','Dana Lee','Two ML engineers, half a data engineer','Purchased speech, if error analysis still shows a gap in clear speech','Eight GPUs for six weeks','Devices: recordings with the new phones',2200000,'USD',NULL,40.0,46.0,70.0,NULL,NULL,'','["group_tests"]','');
INSERT INTO "milestones_milestones" VALUES('1598dc2eede3a16e','service',3072,0,'[]','Service that carries the full load, tried in twenty cars','Lena Fischer, search platform','2026-06-22','2026-08-07','other','["test_set"]','Rework if p95 stays above 300 ms with today''s servers.','Lena Fischer','One ML engineer, two software engineers for four weeks','','Today''s servers plus a tenth','Safety: twenty test drivers',900000,'USD',NULL,25.0,30.0,45.0,NULL,NULL,'','[]','');
INSERT INTO "milestones_milestones" VALUES('1598dc2eede3a16e','ab_test',4096,0,'[]','A/B test on 5 % of voice users, evaluated','Dana Lee','2026-08-10','2026-09-11','business','["service"]','Stop if query-level accuracy gains less than 1 point, or if any group gets worse.','Ines Okafor','One analyst, half an ML engineer','','Both recognisers side by side for four weeks','Experiment team: assignment by customer',600000,'USD',NULL,20.0,22.0,30.0,NULL,NULL,'','[]','');
INSERT INTO "milestones_milestones" VALUES('1598dc2eede3a16e','launch',5120,0,'[]','All customers, with monitoring and a monthly sample of transcripts','Lena Fischer, search platform','2026-09-14','2026-10-16','launch','["ab_test"]','Roll back if switching to typing rises above 14 % on two days in a row.','Dana Lee','One ML engineer, one software engineer, support trained for half a day','','Today''s servers plus a tenth','',700000,'USD',NULL,15.0,20.0,35.0,NULL,NULL,'','["monitoring"]','');
CREATE TABLE milestones_moves (
	project_id TEXT NOT NULL, 
	id TEXT NOT NULL, 
	row_order INTEGER NOT NULL, 
	removed INTEGER DEFAULT 0 NOT NULL CONSTRAINT ck_milestones_moves_removed CHECK (removed IN (0, 1)), 
	unknown TEXT DEFAULT '[]' NOT NULL, 
	milestone TEXT DEFAULT '' NOT NULL, 
	reason TEXT DEFAULT '' NOT NULL CONSTRAINT ck_milestones_moves_reason_length CHECK (length("reason") <= 10000), 
	moved_on TEXT, 
	"before" TEXT, 
	"after" TEXT, 
	author TEXT DEFAULT '' NOT NULL CONSTRAINT ck_milestones_moves_author_length CHECK (length("author") <= 300), 
	CONSTRAINT pk_milestones_moves PRIMARY KEY (project_id, id), 
	CONSTRAINT fk_milestones_moves_project_id FOREIGN KEY(project_id) REFERENCES charter (id) ON DELETE CASCADE
)
 STRICT

;
INSERT INTO "milestones_moves" VALUES('1598dc2eede3a16e','poc_late',1024,0,'[]','poc','The paid transcripts came a week later than the crowd had promised.','2026-03-27','2026-04-03','2026-04-10','Ben Carter');
CREATE TABLE milestones_people (
	project_id TEXT NOT NULL, 
	id TEXT NOT NULL, 
	row_order INTEGER NOT NULL, 
	removed INTEGER DEFAULT 0 NOT NULL CONSTRAINT ck_milestones_people_removed CHECK (removed IN (0, 1)), 
	unknown TEXT DEFAULT '[]' NOT NULL, 
	name TEXT DEFAULT '' NOT NULL CONSTRAINT ck_milestones_people_name_length CHECK (length("name") <= 300), 
	share REAL CONSTRAINT ck_milestones_people_share_range CHECK ("share" >= 0 AND "share" <= 100), 
	day_rate INTEGER CONSTRAINT ck_milestones_people_day_rate_range CHECK ("day_rate" >= 0), 
	currency TEXT NOT NULL CONSTRAINT ck_milestones_people_currency_choice CHECK ("currency" IN ('USD', 'EUR', 'GBP', 'CHF', 'CAD', 'AUD', 'NZD', 'SEK', 'NOK', 'DKK', 'PLN', 'CZK', 'TRY', 'ILS', 'AED', 'SAR', 'KWD', 'IRR', 'INR', 'CNY', 'JPY', 'KRW', 'SGD', 'HKD', 'BRL', 'MXN', 'ZAR', 'NGN')), 
	away_from TEXT, 
	away_to TEXT, 
	CONSTRAINT pk_milestones_people PRIMARY KEY (project_id, id), 
	CONSTRAINT fk_milestones_people_project_id FOREIGN KEY(project_id) REFERENCES charter (id) ON DELETE CASCADE
)
 STRICT

;
INSERT INTO "milestones_people" VALUES('1598dc2eede3a16e','ben',1024,0,'[]','Ben Carter, ML engineer',100.0,NULL,'USD',NULL,NULL);
INSERT INTO "milestones_people" VALUES('1598dc2eede3a16e','ml',2048,0,'[]','Second ML engineer',100.0,NULL,'USD','2026-07-20','2026-07-31');
INSERT INTO "milestones_people" VALUES('1598dc2eede3a16e','data',3072,0,'[]','Data engineer',50.0,NULL,'USD',NULL,NULL);
INSERT INTO "milestones_people" VALUES('1598dc2eede3a16e','linguist',4096,0,'[]','Linguist',40.0,NULL,'USD',NULL,NULL);
INSERT INTO "milestones_people" VALUES('1598dc2eede3a16e','soft',5120,0,'[]','Software engineer, search platform',100.0,NULL,'USD',NULL,NULL);
INSERT INTO "milestones_people" VALUES('1598dc2eede3a16e','soft2',6144,0,'[]','Second software engineer',100.0,NULL,'USD',NULL,NULL);
INSERT INTO "milestones_people" VALUES('1598dc2eede3a16e','analyst',7168,0,'[]','Analyst',100.0,NULL,'USD',NULL,NULL);
CREATE TABLE milestones_readings (
	project_id TEXT NOT NULL, 
	id TEXT NOT NULL, 
	row_order INTEGER NOT NULL, 
	removed INTEGER DEFAULT 0 NOT NULL CONSTRAINT ck_milestones_readings_removed CHECK (removed IN (0, 1)), 
	unknown TEXT DEFAULT '[]' NOT NULL, 
	target TEXT DEFAULT '' NOT NULL, 
	"when" TEXT, 
	value REAL, 
	source TEXT DEFAULT '' NOT NULL CONSTRAINT ck_milestones_readings_source_length CHECK (length("source") <= 300), 
	author TEXT DEFAULT '' NOT NULL CONSTRAINT ck_milestones_readings_author_length CHECK (length("author") <= 300), 
	run TEXT DEFAULT '' NOT NULL CONSTRAINT ck_milestones_readings_run_length CHECK (length("run") <= 300), 
	CONSTRAINT pk_milestones_readings PRIMARY KEY (project_id, id), 
	CONSTRAINT fk_milestones_readings_project_id FOREIGN KEY(project_id) REFERENCES charter (id) ON DELETE CASCADE
)
 STRICT

;
INSERT INTO "milestones_readings" VALUES('1598dc2eede3a16e','poc_people_1',1024,0,'[]','poc_people','2026-03-16',87.1,'Run 4','Ben Carter','');
INSERT INTO "milestones_readings" VALUES('1598dc2eede3a16e','poc_people_2',2048,0,'[]','poc_people','2026-03-27',87.6,'Run 9','Ben Carter','');
INSERT INTO "milestones_readings" VALUES('1598dc2eede3a16e','poc_people_3',3072,0,'[]','poc_people','2026-04-02',87.9,'Run 12','Ben Carter','');
INSERT INTO "milestones_readings" VALUES('1598dc2eede3a16e','poc_people_4',4096,0,'[]','poc_people','2026-04-10',88.2,'Run 15','Ben Carter','');
INSERT INTO "milestones_readings" VALUES('1598dc2eede3a16e','poc_clear_5',5120,0,'[]','poc_clear','2026-03-27',94.2,'Run 9','Ben Carter','');
INSERT INTO "milestones_readings" VALUES('1598dc2eede3a16e','poc_clear_6',6144,0,'[]','poc_clear','2026-04-10',94.5,'Run 15','Ben Carter','');
INSERT INTO "milestones_readings" VALUES('1598dc2eede3a16e','poc_speed_7',7168,0,'[]','poc_speed','2026-04-09',44.0,'Log of the GPUs','Ben Carter','');
INSERT INTO "milestones_readings" VALUES('1598dc2eede3a16e','poc_queries_8',8192,0,'[]','poc_queries','2026-04-10',79.9,'Replay','Ben Carter','');
INSERT INTO "milestones_readings" VALUES('1598dc2eede3a16e','test_words_9',9216,0,'[]','test_words','2026-04-24',90.6,'Run 21','Ben Carter','');
INSERT INTO "milestones_readings" VALUES('1598dc2eede3a16e','test_words_10',10240,0,'[]','test_words','2026-05-08',90.8,'Run 26','Ben Carter','');
INSERT INTO "milestones_readings" VALUES('1598dc2eede3a16e','test_words_11',11264,0,'[]','test_words','2026-05-22',91.0,'Run 31','Ben Carter','');
INSERT INTO "milestones_readings" VALUES('1598dc2eede3a16e','test_words_12',12288,0,'[]','test_words','2026-06-05',91.1,'Run 36','Ben Carter','');
INSERT INTO "milestones_readings" VALUES('1598dc2eede3a16e','test_words_13',13312,0,'[]','test_words','2026-06-19',91.2,'Run 41','Ben Carter','');
INSERT INTO "milestones_readings" VALUES('1598dc2eede3a16e','test_car_14',14336,0,'[]','test_car','2026-05-08',90.1,'Run 26','Ben Carter','');
INSERT INTO "milestones_readings" VALUES('1598dc2eede3a16e','test_car_15',15360,0,'[]','test_car','2026-06-05',91.2,'Run 36','Ben Carter','');
INSERT INTO "milestones_readings" VALUES('1598dc2eede3a16e','test_accent_16',16384,0,'[]','test_accent','2026-05-22',3.6,'Volunteers, first round','Ben Carter','');
INSERT INTO "milestones_readings" VALUES('1598dc2eede3a16e','test_accent_17',17408,0,'[]','test_accent','2026-06-12',2.9,'Volunteers, second round','Ben Carter','');
INSERT INTO "milestones_readings" VALUES('1598dc2eede3a16e','test_memory_18',18432,0,'[]','test_memory','2026-06-12',1.9,'Load test','Ben Carter','');
INSERT INTO "milestones_readings" VALUES('1598dc2eede3a16e','test_results_19',19456,0,'[]','test_results','2026-06-12',75.1,'Three judges','Ben Carter','');
CREATE TABLE milestones_targets (
	project_id TEXT NOT NULL, 
	id TEXT NOT NULL, 
	row_order INTEGER NOT NULL, 
	removed INTEGER DEFAULT 0 NOT NULL CONSTRAINT ck_milestones_targets_removed CHECK (removed IN (0, 1)), 
	unknown TEXT DEFAULT '[]' NOT NULL, 
	milestone TEXT DEFAULT '' NOT NULL, 
	family TEXT CONSTRAINT ck_milestones_targets_family_choice CHECK ("family" IN ('ml', 'software', 'business')), 
	metric TEXT DEFAULT '' NOT NULL CONSTRAINT ck_milestones_targets_metric_length CHECK (length("metric") <= 300), 
	direction TEXT CONSTRAINT ck_milestones_targets_direction_choice CHECK ("direction" IN ('at_least', 'at_most')), 
	target REAL, 
	unit TEXT DEFAULT '' NOT NULL CONSTRAINT ck_milestones_targets_unit_length CHECK (length("unit") <= 300), 
	baseline REAL, 
	slice TEXT DEFAULT '' NOT NULL CONSTRAINT ck_milestones_targets_slice_length CHECK (length("slice") <= 300), 
	measured_how TEXT DEFAULT '' NOT NULL CONSTRAINT ck_milestones_targets_measured_how_length CHECK (length("measured_how") <= 300), metric_key TEXT DEFAULT '' NOT NULL CONSTRAINT ck_milestones_targets_metric_key_length CHECK (length("metric_key") <= 300), 
	CONSTRAINT pk_milestones_targets PRIMARY KEY (project_id, id), 
	CONSTRAINT fk_milestones_targets_project_id FOREIGN KEY(project_id) REFERENCES charter (id) ON DELETE CASCADE
)
 STRICT

;
INSERT INTO "milestones_targets" VALUES('1598dc2eede3a16e','poc_people',1024,0,'[]','poc','ml','Words right in people noise','at_least',88.0,'%',87.0,'People noise','600 held-out clips, transcribed by the rule','wer/people_noise');
INSERT INTO "milestones_targets" VALUES('1598dc2eede3a16e','poc_clear',2048,0,'[]','poc','ml','Words right in clear speech','at_least',94.4,'%',94.0,'Clear speech','1,200 held-out clips','');
INSERT INTO "milestones_targets" VALUES('1598dc2eede3a16e','poc_speed',3072,0,'[]','poc','software','Time to train once','at_most',48.0,'hours',60.0,'','On four GPUs','');
INSERT INTO "milestones_targets" VALUES('1598dc2eede3a16e','poc_queries',4096,0,'[]','poc','business','Query-level accuracy','at_least',79.8,'%',79.0,'','2,000 logged queries, replayed','');
INSERT INTO "milestones_targets" VALUES('1598dc2eede3a16e','test_words',5120,0,'[]','test_set','ml','Word-level accuracy','at_least',91.3,'%',90.3,'','4,000 clips of the latest two months','eval/words_right');
INSERT INTO "milestones_targets" VALUES('1598dc2eede3a16e','test_car',6144,0,'[]','test_set','ml','Words right in car noise','at_least',91.0,'%',89.0,'Car noise','500 held-out clips','eval/words_right_car');
INSERT INTO "milestones_targets" VALUES('1598dc2eede3a16e','test_accent',7168,0,'["baseline"]','test_set','ml','Gap by first language','at_most',3.0,'points',NULL,'First language not English','1,200 volunteers; today''s number comes from the proof of concept','');
INSERT INTO "milestones_targets" VALUES('1598dc2eede3a16e','test_memory',8192,0,'[]','test_set','software','Memory for one recogniser','at_most',2.0,'GB',1.8,'','Peak over 10,000 queries','');
INSERT INTO "milestones_targets" VALUES('1598dc2eede3a16e','test_results',9216,0,'[]','test_set','business','Search-result quality','at_least',75.6,'%',74.0,'','500 queries judged by three people','');
INSERT INTO "milestones_targets" VALUES('1598dc2eede3a16e','service_latency',10240,0,'[]','service','software','Latency, p95','at_most',300.0,'ms',270.0,'','On one CPU of today''s servers','');
INSERT INTO "milestones_targets" VALUES('1598dc2eede3a16e','service_load',11264,0,'[]','service','software','Throughput','at_least',120.0,'queries a second',120.0,'','Load test of one hour','');
INSERT INTO "milestones_targets" VALUES('1598dc2eede3a16e','service_words',12288,0,'[]','service','ml','Word-level accuracy','at_least',91.3,'%',90.3,'','Same 4,000 clips, sent through the service','');
INSERT INTO "milestones_targets" VALUES('1598dc2eede3a16e','service_results',13312,0,'[]','service','business','Search-result quality','at_least',75.6,'%',74.0,'','300 searches in twenty cars','');
INSERT INTO "milestones_targets" VALUES('1598dc2eede3a16e','service_ask',14336,0,'[]','service','ml','Precision of asking to repeat','at_least',65.0,'%',66.0,'','Same 4,000 clips, asked below a certainty of 0.6','');
INSERT INTO "milestones_targets" VALUES('1598dc2eede3a16e','ab_queries',15360,0,'[]','ab_test','business','Query-level accuracy','at_least',81.0,'%',79.0,'','2,000 queries of each group, transcribed','');
INSERT INTO "milestones_targets" VALUES('1598dc2eede3a16e','ab_engagement',16384,0,'[]','ab_test','business','User engagement','at_least',49.0,'%',48.0,'','A/B test, by customer','');
INSERT INTO "milestones_targets" VALUES('1598dc2eede3a16e','ab_clear',17408,0,'[]','ab_test','ml','Words right in clear speech','at_least',94.7,'%',94.0,'Clear speech','Transcripts of the test group','');
INSERT INTO "milestones_targets" VALUES('1598dc2eede3a16e','ab_latency',18432,0,'[]','ab_test','software','Latency, p95','at_most',300.0,'ms',270.0,'','Live traffic of the test group','');
INSERT INTO "milestones_targets" VALUES('1598dc2eede3a16e','launch_revenue',19456,0,'[]','launch','business','Revenue','at_least',1938.0,'thousand $ a month',1900.0,'','Against a group of 5 % that keeps release 4 for three months','');
INSERT INTO "milestones_targets" VALUES('1598dc2eede3a16e','launch_words',20480,0,'[]','launch','ml','Word-level accuracy','at_least',91.0,'%',90.3,'','Monthly sample of 1,000 clips','');
INSERT INTO "milestones_targets" VALUES('1598dc2eede3a16e','launch_uptime',21504,0,'[]','launch','software','Answered within a second','at_least',99.9,'%',99.9,'','Service log','');
CREATE TABLE person (
	device TEXT NOT NULL, 
	name TEXT NOT NULL, wishes TEXT DEFAULT '{}' NOT NULL, 
	CONSTRAINT pk_person PRIMARY KEY (device)
)
 STRICT

;
INSERT INTO "person" VALUES('d4c3e8a11256ab82a4fc72560eb4a2b0e87bad820c290dd9b03616de240aa6db','Ana','{}');
CREATE TABLE place (
	project_id TEXT NOT NULL, 
	from_day TEXT NOT NULL, 
	to_day TEXT NOT NULL, 
	word TEXT NOT NULL CONSTRAINT ck_place_word_choice CHECK ("word" IN ('late', 'at_risk', 'ready', 'draft', 'signed', 'on_track', 'stopped', 'closed')), 
	archived INTEGER NOT NULL, 
	rank REAL NOT NULL, 
	said_by INTEGER NOT NULL, 
	CONSTRAINT pk_place PRIMARY KEY (project_id, from_day), 
	CONSTRAINT fk_place_project_id FOREIGN KEY(project_id) REFERENCES charter (id) ON DELETE CASCADE
)
 STRICT

;
INSERT INTO "place" VALUES('1598dc2eede3a16e','0001-01-01','9999-12-31','late',0,7.39785998203879920781e+05,39296313416211161);
CREATE TABLE problems (
	project_id TEXT NOT NULL, 
	saved_number INTEGER NOT NULL, 
	saved_at TEXT NOT NULL, 
	saved_by TEXT NOT NULL, 
	unknown TEXT DEFAULT '[]' NOT NULL, 
	decision_changed TEXT DEFAULT '' NOT NULL CONSTRAINT ck_problems_decision_changed_length CHECK (length("decision_changed") <= 10000), 
	in_scope TEXT DEFAULT '' NOT NULL CONSTRAINT ck_problems_in_scope_length CHECK (length("in_scope") <= 10000), 
	out_of_scope TEXT DEFAULT '' NOT NULL CONSTRAINT ck_problems_out_of_scope_length CHECK (length("out_of_scope") <= 10000), 
	link_to_strategy TEXT DEFAULT '' NOT NULL CONSTRAINT ck_problems_link_to_strategy_length CHECK (length("link_to_strategy") <= 10000), 
	CONSTRAINT pk_problems PRIMARY KEY (project_id), 
	CONSTRAINT fk_problems_project_id FOREIGN KEY(project_id) REFERENCES charter (id) ON DELETE CASCADE
)
 STRICT

;
INSERT INTO "problems" VALUES('1598dc2eede3a16e',2,'2026-12-01T10:15:31.402705+00:00','Bo','[]','The search service would show results for the words that were really spoken, instead of asking the customer to repeat or to type.','Everything, سلام','Dictation of messages, other languages, the voice that answers.','Half of new customers come from markets where typing on a phone is slow. Voice is their way in.');
CREATE TABLE problems_actions (
	project_id TEXT NOT NULL, 
	id TEXT NOT NULL, 
	row_order INTEGER NOT NULL, 
	removed INTEGER DEFAULT 0 NOT NULL CONSTRAINT ck_problems_actions_removed CHECK (removed IN (0, 1)), 
	unknown TEXT DEFAULT '[]' NOT NULL, 
	action TEXT DEFAULT '' NOT NULL CONSTRAINT ck_problems_actions_action_length CHECK (length("action") <= 300), 
	executed_by TEXT DEFAULT '' NOT NULL CONSTRAINT ck_problems_actions_executed_by_length CHECK (length("executed_by") <= 300), 
	acts_on TEXT DEFAULT '' NOT NULL CONSTRAINT ck_problems_actions_acts_on_length CHECK (length("acts_on") <= 300), 
	how_often TEXT DEFAULT '' NOT NULL CONSTRAINT ck_problems_actions_how_often_length CHECK (length("how_often") <= 300), 
	channel TEXT DEFAULT '' NOT NULL CONSTRAINT ck_problems_actions_channel_length CHECK (length("channel") <= 300), 
	today TEXT DEFAULT '' NOT NULL CONSTRAINT ck_problems_actions_today_length CHECK (length("today") <= 10000), 
	CONSTRAINT pk_problems_actions PRIMARY KEY (project_id, id), 
	CONSTRAINT fk_problems_actions_project_id FOREIGN KEY(project_id) REFERENCES charter (id) ON DELETE CASCADE
)
 STRICT

;
INSERT INTO "problems_actions" VALUES('1598dc2eede3a16e','results',1024,0,'[]','Which results to show after a spoken query','The search service','Each spoken query','3 million times a day','Voice search on the phone','By the most likely words, however unlikely they are');
INSERT INTO "problems_actions" VALUES('1598dc2eede3a16e','ask_again',2048,0,'[]','Whether to ask the customer to repeat','The search service','Queries heard with little certainty','200,000 times a day','A short spoken question','Only when nothing at all was recognised');
CREATE TABLE problems_goals (
	project_id TEXT NOT NULL, 
	id TEXT NOT NULL, 
	row_order INTEGER NOT NULL, 
	removed INTEGER DEFAULT 0 NOT NULL CONSTRAINT ck_problems_goals_removed CHECK (removed IN (0, 1)), 
	unknown TEXT DEFAULT '[]' NOT NULL, 
	statement TEXT DEFAULT '' NOT NULL CONSTRAINT ck_problems_goals_statement_length CHECK (length("statement") <= 10000), 
	rank INTEGER CONSTRAINT ck_problems_goals_rank_range CHECK ("rank" >= 1 AND "rank" <= 999), 
	problem TEXT DEFAULT '' NOT NULL, 
	type TEXT CONSTRAINT ck_problems_goals_type_choice CHECK ("type" IN ('efficiency', 'effectiveness', 'equity')), 
	"constraint" TEXT DEFAULT '' NOT NULL CONSTRAINT ck_problems_goals_constraint_length CHECK (length("constraint") <= 300), 
	measure TEXT DEFAULT '' NOT NULL CONSTRAINT ck_problems_goals_measure_length CHECK (length("measure") <= 300), wanted REAL, wanted_on TEXT, 
	CONSTRAINT pk_problems_goals PRIMARY KEY (project_id, id), 
	CONSTRAINT fk_problems_goals_project_id FOREIGN KEY(project_id) REFERENCES charter (id) ON DELETE CASCADE
)
 STRICT

;
INSERT INTO "problems_goals" VALUES('1598dc2eede3a16e','fewer_failures',1024,0,'[]','Fewer failed spoken searches',1,'failed_queries','effectiveness','Without slower answers','Failed searches, from 21 % to 19 %',19.0,'2026-09-11');
INSERT INTO "problems_goals" VALUES('1598dc2eede3a16e','equal_accents',2048,0,'[]','Customers with an accent are understood as well as others',2,'accents','equity','Not at the cost of anybody else','At most 2 points behind the average',2.0,'2026-09-11');
INSERT INTO "problems_goals" VALUES('1598dc2eede3a16e','eyes_on_road',3072,0,'[]','Drivers keep their eyes on the road',3,'repeats_in_car','effectiveness','','Repeats in the car, from 17 % to 14 %',14.0,'2026-09-11');
CREATE TABLE problems_problems (
	project_id TEXT NOT NULL, 
	id TEXT NOT NULL, 
	row_order INTEGER NOT NULL, 
	removed INTEGER DEFAULT 0 NOT NULL CONSTRAINT ck_problems_problems_removed CHECK (removed IN (0, 1)), 
	unknown TEXT DEFAULT '[]' NOT NULL, 
	statement TEXT DEFAULT '' NOT NULL CONSTRAINT ck_problems_problems_statement_length CHECK (length("statement") <= 10000), 
	who_is_affected TEXT DEFAULT '' NOT NULL CONSTRAINT ck_problems_problems_who_is_affected_length CHECK (length("who_is_affected") <= 300), 
	how_many INTEGER CONSTRAINT ck_problems_problems_how_many_range CHECK ("how_many" >= 0), 
	baseline_metric TEXT DEFAULT '' NOT NULL CONSTRAINT ck_problems_problems_baseline_metric_length CHECK (length("baseline_metric") <= 300), 
	baseline_value REAL, 
	cost_of_doing_nothing INTEGER, 
	currency TEXT NOT NULL CONSTRAINT ck_problems_problems_currency_choice CHECK ("currency" IN ('USD', 'EUR', 'GBP', 'CHF', 'CAD', 'AUD', 'NZD', 'SEK', 'NOK', 'DKK', 'PLN', 'CZK', 'TRY', 'ILS', 'AED', 'SAR', 'KWD', 'IRR', 'INR', 'CNY', 'JPY', 'KRW', 'SGD', 'HKD', 'BRL', 'MXN', 'ZAR', 'NGN')), 
	cost_period TEXT CONSTRAINT ck_problems_problems_cost_period_choice CHECK ("cost_period" IN ('year', 'quarter', 'month', 'once')), 
	rank INTEGER CONSTRAINT ck_problems_problems_rank_range CHECK ("rank" >= 1 AND "rank" <= 999), 
	observed_outcome TEXT DEFAULT '' NOT NULL CONSTRAINT ck_problems_problems_observed_outcome_length CHECK (length("observed_outcome") <= 10000), 
	how_much_each TEXT DEFAULT '' NOT NULL CONSTRAINT ck_problems_problems_how_much_each_length CHECK (length("how_much_each") <= 300), 
	measured_how TEXT DEFAULT '' NOT NULL CONSTRAINT ck_problems_problems_measured_how_length CHECK (length("measured_how") <= 300), 
	measured_on TEXT, 
	why_now TEXT DEFAULT '' NOT NULL CONSTRAINT ck_problems_problems_why_now_length CHECK (length("why_now") <= 10000), 
	tried_before TEXT DEFAULT '' NOT NULL CONSTRAINT ck_problems_problems_tried_before_length CHECK (length("tried_before") <= 10000), 
	current_process TEXT DEFAULT '' NOT NULL CONSTRAINT ck_problems_problems_current_process_length CHECK (length("current_process") <= 10000), 
	owner TEXT DEFAULT '' NOT NULL CONSTRAINT ck_problems_problems_owner_length CHECK (length("owner") <= 300), 
	CONSTRAINT pk_problems_problems PRIMARY KEY (project_id, id), 
	CONSTRAINT fk_problems_problems_project_id FOREIGN KEY(project_id) REFERENCES charter (id) ON DELETE CASCADE
)
 STRICT

;
INSERT INTO "problems_problems" VALUES('1598dc2eede3a16e','failed_queries',1024,0,'[]','One in five spoken searches shows nothing the customer asked for, most often when other people talk nearby.','Customers who search by voice',1400000,'Spoken searches that fail, in %',21.0,45600000,'USD','year',1,'People repeat once, then type, or leave.','About 20 seconds and some anger for each failed search','2,000 logged searches, checked by two listeners','2026-01-19','A rival has doubled the share of its voice searches in a year.','A list of 5,000 street names; it helped one failed search in forty.','Our recogniser, in its fourth release, feeds the ordinary text search.','Dana Lee');
INSERT INTO "problems_problems" VALUES('1598dc2eede3a16e','repeats_in_car',2048,0,'[]','Drivers have to repeat themselves or pick up the phone, which is dangerous.','Drivers who search by voice',40000,'Searches repeated within 30 seconds in the car, in %',17.0,2500000,'USD','year',3,'Support hears of it about twelve times a week.','Rarely, but it can end badly','Logs of four weeks; the car is known from its Bluetooth link','2026-01-26','','','','Tom Reyes, safety');
INSERT INTO "problems_problems" VALUES('1598dc2eede3a16e','accents',3072,0,'["baseline_value","cost_of_doing_nothing"]','Speakers with an accent are understood less well than others, and nobody knows by how much.','Customers whose first language is not English',350000,'Difference in words right, in percentage points',NULL,NULL,'USD',NULL,2,'They use voice half as often as others and stop sooner.','','',NULL,'We enter two countries where most customers speak English as a second language.','','','Amara Diallo, research');
INSERT INTO "problems_problems" VALUES('1598dc2eede3a16e','inconsistent_transcripts',4096,0,'[]','Transcribers write the same clip differently (“um, nearest gas station”, “umm, nearest gas station”), so nobody can say which release is better.','The speech team and everybody who decides by its numbers',14,'Clips on which two transcribers agree word for word, in %',58.0,3000000,'USD','year',4,'The last release looked 12 points better than people and no customer noticed.','','500 clips with filler words, two transcribers each','2026-02-02','','Hints in the training of transcribers, but no written rule.','','Ben Carter');
CREATE TABLE problems_stakeholders (
	project_id TEXT NOT NULL, 
	id TEXT NOT NULL, 
	row_order INTEGER NOT NULL, 
	removed INTEGER DEFAULT 0 NOT NULL CONSTRAINT ck_problems_stakeholders_removed CHECK (removed IN (0, 1)), 
	unknown TEXT DEFAULT '[]' NOT NULL, 
	name TEXT DEFAULT '' NOT NULL CONSTRAINT ck_problems_stakeholders_name_length CHECK (length("name") <= 300), 
	side TEXT CONSTRAINT ck_problems_stakeholders_side_choice CHECK ("side" IN ('business', 'technical', 'affected', 'oversight')), 
	raci TEXT CONSTRAINT ck_problems_stakeholders_raci_choice CHECK ("raci" IN ('responsible', 'accountable', 'consulted', 'informed')), 
	wants TEXT DEFAULT '' NOT NULL CONSTRAINT ck_problems_stakeholders_wants_length CHECK (length("wants") <= 10000), gains TEXT DEFAULT '' NOT NULL CONSTRAINT ck_problems_stakeholders_gains_length CHECK (length("gains") <= 10000), loses TEXT DEFAULT '' NOT NULL CONSTRAINT ck_problems_stakeholders_loses_length CHECK (length("loses") <= 10000), spoken_for_by TEXT DEFAULT '' NOT NULL CONSTRAINT ck_problems_stakeholders_spoken_for_by_length CHECK (length("spoken_for_by") <= 300), 
	CONSTRAINT pk_problems_stakeholders PRIMARY KEY (project_id, id), 
	CONSTRAINT fk_problems_stakeholders_project_id FOREIGN KEY(project_id) REFERENCES charter (id) ON DELETE CASCADE
)
 STRICT

;
INSERT INTO "problems_stakeholders" VALUES('1598dc2eede3a16e','dana',1024,0,'[]','Dana Lee, search product','business','accountable','','A gain that customers notice, and that stands in the quarterly report.','A quarter, if this becomes another pilot without an owner.','');
INSERT INTO "problems_stakeholders" VALUES('1598dc2eede3a16e','ben',2048,0,'[]','Ben Carter, speech team','technical','responsible','','Labels that can be trusted before anybody trains again.','Freedom to choose the model: the labels decide.','');
INSERT INTO "problems_stakeholders" VALUES('1598dc2eede3a16e','drivers',3072,0,'[]','Drivers, two of them in the workshop','affected','consulted','','To be understood the first time, with their eyes on the road.','The feeling that nobody listens along.','Two drivers in the workshop; support for the others');
INSERT INTO "problems_stakeholders" VALUES('1598dc2eede3a16e','maria',4096,0,'[]','Maria Silva, legal and privacy','oversight','consulted','','Recordings used only as customers were told.','A quiet desk: every new use has to be asked about.','');
INSERT INTO "problems_stakeholders" VALUES('1598dc2eede3a16e','support',5120,0,'[]','Customer support','business','informed','','Fewer calls about searches that find nothing.','Answers they know by heart, when the search behaves anew.','');
CREATE TABLE project (
	project_id TEXT NOT NULL, 
	saved_number INTEGER NOT NULL, 
	saved_at TEXT NOT NULL, 
	saved_by TEXT NOT NULL, 
	unknown TEXT DEFAULT '[]' NOT NULL, 
	name TEXT DEFAULT '' NOT NULL CONSTRAINT ck_project_name_length CHECK (length("name") <= 300), 
	owner TEXT DEFAULT '' NOT NULL CONSTRAINT ck_project_owner_length CHECK (length("owner") <= 300), 
	summary TEXT DEFAULT '' NOT NULL CONSTRAINT ck_project_summary_length CHECK (length("summary") <= 10000), 
	decision_asked TEXT DEFAULT '' NOT NULL CONSTRAINT ck_project_decision_asked_length CHECK (length("decision_asked") <= 10000), 
	sponsor TEXT DEFAULT '' NOT NULL CONSTRAINT ck_project_sponsor_length CHECK (length("sponsor") <= 300), 
	currency TEXT NOT NULL CONSTRAINT ck_project_currency_choice CHECK ("currency" IN ('USD', 'EUR', 'GBP', 'CHF', 'CAD', 'AUD', 'NZD', 'SEK', 'NOK', 'DKK', 'PLN', 'CZK', 'TRY', 'ILS', 'AED', 'SAR', 'KWD', 'IRR', 'INR', 'CNY', 'JPY', 'KRW', 'SGD', 'HKD', 'BRL', 'MXN', 'ZAR', 'NGN')), 
	rhythm TEXT DEFAULT '' NOT NULL CONSTRAINT ck_project_rhythm_length CHECK (length("rhythm") <= 10000), people_needed REAL CONSTRAINT ck_project_people_needed_range CHECK ("people_needed" >= 0 AND "people_needed" <= 10000), kind TEXT CONSTRAINT ck_project_kind_choice CHECK ("kind" IN ('numbers', 'decisions', 'pictures', 'language', 'search', 'unusual', 'other')), 
	CONSTRAINT pk_project PRIMARY KEY (project_id), 
	CONSTRAINT fk_project_project_id FOREIGN KEY(project_id) REFERENCES charter (id) ON DELETE CASCADE
)
 STRICT

;
INSERT INTO "project" VALUES('1598dc2eede3a16e',1,'2026-12-01T10:15:31.059611+00:00','Ana','[]','Better voice search','Dana Lee, search product','One in five spoken searches fails, and customers type instead or leave. Cleaner labels and speech from noisy places should lift word-level accuracy from 90.3 % to 91.3 %, worth most likely $456,000 a year. We ask for six weeks and $16,000 to prove it where people talk in the background.','Release two ML engineers, half a data engineer and $16,000 for a six-week proof of concept. If it reaches 88 % of words right in people noise, we come back for the remaining $44,000 of the plan.','Ines Okafor, chief product officer','USD','Stand-up on Mondays, listening hour with support on Wednesdays, demo every second Thursday.',3.0,'language');
CREATE TABLE project_assumptions (
	project_id TEXT NOT NULL, 
	id TEXT NOT NULL, 
	row_order INTEGER NOT NULL, 
	removed INTEGER DEFAULT 0 NOT NULL CONSTRAINT ck_project_assumptions_removed CHECK (removed IN (0, 1)), 
	unknown TEXT DEFAULT '[]' NOT NULL, 
	statement TEXT DEFAULT '' NOT NULL CONSTRAINT ck_project_assumptions_statement_length CHECK (length("statement") <= 10000), 
	owner TEXT DEFAULT '' NOT NULL CONSTRAINT ck_project_assumptions_owner_length CHECK (length("owner") <= 300), 
	due TEXT, 
	state TEXT CONSTRAINT ck_project_assumptions_state_choice CHECK ("state" IN ('open', 'confirmed', 'wrong')), 
	CONSTRAINT pk_project_assumptions PRIMARY KEY (project_id, id), 
	CONSTRAINT fk_project_assumptions_project_id FOREIGN KEY(project_id) REFERENCES charter (id) ON DELETE CASCADE
)
 STRICT

;
INSERT INTO "project_assumptions" VALUES('1598dc2eede3a16e','consent_training',1024,0,'[]','The consent given in the voice settings covers the use of recordings for training.','Maria Silva, legal','2026-02-20','confirmed');
INSERT INTO "project_assumptions" VALUES('1598dc2eede3a16e','read_speech',2048,0,'[]','Sentences read aloud by paid speakers are close enough to real queries to help.','Ben Carter, speech','2026-03-27','open');
INSERT INTO "project_assumptions" VALUES('1598dc2eede3a16e','new_phones',3072,0,'[]','Will the next phones cut the start of the audio, as two did last year?','Yuki Mori, devices','2026-09-04','open');
CREATE TABLE project_ratings (
	project_id TEXT NOT NULL, 
	id TEXT NOT NULL, 
	row_order INTEGER NOT NULL, 
	removed INTEGER DEFAULT 0 NOT NULL CONSTRAINT ck_project_ratings_removed CHECK (removed IN (0, 1)), 
	unknown TEXT DEFAULT '[]' NOT NULL, 
	criterion TEXT DEFAULT '' NOT NULL CONSTRAINT ck_project_ratings_criterion_length CHECK (length("criterion") <= 300), 
	low REAL CONSTRAINT ck_project_ratings_low_range CHECK ("low" >= 0), 
	likely REAL CONSTRAINT ck_project_ratings_likely_range CHECK ("likely" >= 0), 
	high REAL CONSTRAINT ck_project_ratings_high_range CHECK ("high" >= 0), 
	reason TEXT DEFAULT '' NOT NULL CONSTRAINT ck_project_ratings_reason_length CHECK (length("reason") <= 10000), 
	CONSTRAINT pk_project_ratings PRIMARY KEY (project_id, id), 
	CONSTRAINT fk_project_ratings_project_id FOREIGN KEY(project_id) REFERENCES charter (id) ON DELETE CASCADE
)
 STRICT

;
INSERT INTO "project_ratings" VALUES('1598dc2eede3a16e','value',1024,0,'[]','Value',3.0,4.0,4.0,'Query-level accuracy stands in the quarterly report; revenue follows, if the ladder holds.');
INSERT INTO "project_ratings" VALUES('1598dc2eede3a16e','feasibility',2048,0,'[]','Feasibility',NULL,4.0,NULL,'The rule for transcripts is tried; speech from noisy places is not.');
INSERT INTO "project_ratings" VALUES('1598dc2eede3a16e','urgency',3072,0,'[]','Urgency',3.0,3.0,4.0,'A rival grows; customers who have switched come back slowly.');
INSERT INTO "project_ratings" VALUES('1598dc2eede3a16e','strategic_fit',4096,0,'[]','Strategic fit',NULL,4.0,NULL,'Voice is the way in for half of the new customers.');
INSERT INTO "project_ratings" VALUES('1598dc2eede3a16e','data_readiness',5120,0,'[]','Data readiness',2.0,3.0,4.0,'100 hours are ours, the noisy ones must be bought.');
INSERT INTO "project_ratings" VALUES('1598dc2eede3a16e','ethics',6144,0,'[]','Ethics',3.0,3.0,4.0,'Remedies have owners; the gap by first language is not measured yet.');
INSERT INTO "project_ratings" VALUES('1598dc2eede3a16e','reach',7168,0,'[]','Reach',900000.0,1400000.0,1600000.0,'Customers who search by voice in a quarter.');
INSERT INTO "project_ratings" VALUES('1598dc2eede3a16e','impact',8192,0,'[]','Impact',0.5,1.0,1.0,'One failed search in ten is saved, and people say so.');
INSERT INTO "project_ratings" VALUES('1598dc2eede3a16e','confidence',9216,0,'[]','Confidence',NULL,0.8,NULL,'Measured up to result quality, estimated above.');
INSERT INTO "project_ratings" VALUES('1598dc2eede3a16e','effort',10240,0,'[]','Effort',16.0,18.0,24.0,'The team of the plan, as counted in Value.');
INSERT INTO "project_ratings" VALUES('1598dc2eede3a16e','business_value',11264,0,'[]','Business value',8.0,8.0,13.0,'Moves the figure that search is measured by.');
INSERT INTO "project_ratings" VALUES('1598dc2eede3a16e','time_criticality',12288,0,'[]','Time criticality',3.0,5.0,8.0,'The rival''s share of voice searches has doubled in a year.');
INSERT INTO "project_ratings" VALUES('1598dc2eede3a16e','risk_reduction',13312,0,'[]','Risk reduction and new openings',NULL,NULL,NULL,'');
INSERT INTO "project_ratings" VALUES('1598dc2eede3a16e','job_size',14336,0,'[]','Job size',NULL,NULL,NULL,'');
CREATE TABLE project_signatures (
	project_id TEXT NOT NULL, 
	id TEXT NOT NULL, 
	row_order INTEGER NOT NULL, 
	removed INTEGER DEFAULT 0 NOT NULL CONSTRAINT ck_project_signatures_removed CHECK (removed IN (0, 1)), 
	unknown TEXT DEFAULT '[]' NOT NULL, 
	role TEXT DEFAULT '' NOT NULL CONSTRAINT ck_project_signatures_role_length CHECK (length("role") <= 300), 
	name TEXT DEFAULT '' NOT NULL CONSTRAINT ck_project_signatures_name_length CHECK (length("name") <= 300), 
	signed_on TEXT, 
	remark TEXT DEFAULT '' NOT NULL CONSTRAINT ck_project_signatures_remark_length CHECK (length("remark") <= 10000), 
	CONSTRAINT pk_project_signatures PRIMARY KEY (project_id, id), 
	CONSTRAINT fk_project_signatures_project_id FOREIGN KEY(project_id) REFERENCES charter (id) ON DELETE CASCADE
)
 STRICT

;
INSERT INTO "project_signatures" VALUES('1598dc2eede3a16e','sponsor',1024,0,'[]','Sponsor','Ines Okafor',NULL,'');
INSERT INTO "project_signatures" VALUES('1598dc2eede3a16e','business',2048,0,'[]','Product owner','Dana Lee',NULL,'Revenue is a range; I sign for query-level accuracy.');
INSERT INTO "project_signatures" VALUES('1598dc2eede3a16e','technical',3072,0,'[]','Technical lead','Ben Carter',NULL,'');
CREATE TABLE revision (
	project_id TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	part TEXT NOT NULL, 
	at TEXT NOT NULL, 
	"by" TEXT NOT NULL, 
	note TEXT NOT NULL, 
	edits TEXT NOT NULL, workshop TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT pk_revision PRIMARY KEY (project_id, number), 
	CONSTRAINT fk_revision_project_id FOREIGN KEY(project_id) REFERENCES charter (id) ON DELETE CASCADE
)
 STRICT

;
INSERT INTO "revision" VALUES('1598dc2eede3a16e',1,'project','2026-12-01T10:15:31.059611+00:00','Ana','Sample','[]','');
INSERT INTO "revision" VALUES('1598dc2eede3a16e',2,'problems','2026-12-01T10:15:31.402705+00:00','Bo','','[["","","in_scope","English queries by voice on phones, at home, in the street and in the car.","Everything, سلام"]]','');
INSERT INTO "revision" VALUES('1598dc2eede3a16e',3,'data_sources','2026-12-01T10:15:31.434325+00:00','Bo','','[["sources","owned","",{"unknown":[],"id":"owned","name":"Owned: opted-in queries with transcripts","origin":"owned","amount":100.0,"unit":"hours","cost":0,"days":0,"currency":"USD","divisible":"part","fixed_cost":null,"minimum_order":null,"lead_days":0,"usefulness":100.0,"shares_with":"","quality":"2","accuracy":"2","timeliness":"3","accessibility":"3","interpretability":"2","coherence":"1","privacy":"personal","owner":"Ben Carter","may_use":"consent","rights":"Opt-in in the voice settings; approved by legal (Maria Silva).","legal_basis":"consent","retention":"Until the consent is taken back, 24 months at most","labelling":"not_needed","qualified":"Any fluent speaker","contents":"One query with its transcript","refresh":"Weekly","join_key":"","stored_where":"Speech store, Frankfurt","known_bias":"Young men in cities; few clips with people noise","recent_change":"A new silence cutter on two phones since a year ago","provenance":"Voice service, cut and levelled, transcribed by two people","meta_data":"Type of phone, version of the silence cutter, transcriber"},null]]','');
CREATE TABLE rollout (
	project_id TEXT NOT NULL, 
	saved_number INTEGER NOT NULL, 
	saved_at TEXT NOT NULL, 
	saved_by TEXT NOT NULL, 
	unknown TEXT DEFAULT '[]' NOT NULL, 
	"case" TEXT CONSTRAINT ck_rollout_case_choice CHECK ("case" IN ('new', 'manual', 'replace')), 
	pattern TEXT CONSTRAINT ck_rollout_pattern_choice CHECK ("pattern" IN ('shadow', 'canary', 'blue_green')), 
	automation_now TEXT CONSTRAINT ck_rollout_automation_now_choice CHECK ("automation_now" IN ('human', 'shadow', 'assistance', 'partial', 'full')), 
	automation_end TEXT CONSTRAINT ck_rollout_automation_end_choice CHECK ("automation_end" IN ('human', 'shadow', 'assistance', 'partial', 'full')), 
	timing TEXT CONSTRAINT ck_rollout_timing_choice CHECK ("timing" IN ('real_time', 'batch')), 
	rollback_owner TEXT DEFAULT '' NOT NULL CONSTRAINT ck_rollout_rollback_owner_length CHECK (length("rollback_owner") <= 300), 
	start_share REAL CONSTRAINT ck_rollout_start_share_range CHECK ("start_share" >= 0 AND "start_share" <= 100), 
	place TEXT CONSTRAINT ck_rollout_place_choice CHECK ("place" IN ('cloud', 'edge', 'browser')), 
	rollback_how TEXT DEFAULT '' NOT NULL CONSTRAINT ck_rollout_rollback_how_length CHECK (length("rollback_how") <= 10000), 
	fallback TEXT DEFAULT '' NOT NULL CONSTRAINT ck_rollout_fallback_length CHECK (length("fallback") <= 10000), 
	load TEXT DEFAULT '' NOT NULL CONSTRAINT ck_rollout_load_length CHECK (length("load") <= 300), 
	latency TEXT DEFAULT '' NOT NULL CONSTRAINT ck_rollout_latency_length CHECK (length("latency") <= 300), 
	compute TEXT DEFAULT '' NOT NULL CONSTRAINT ck_rollout_compute_length CHECK (length("compute") <= 300), 
	logging TEXT DEFAULT '' NOT NULL CONSTRAINT ck_rollout_logging_length CHECK (length("logging") <= 10000), 
	security TEXT DEFAULT '' NOT NULL CONSTRAINT ck_rollout_security_length CHECK (length("security") <= 10000), 
	truth_later TEXT DEFAULT '' NOT NULL CONSTRAINT ck_rollout_truth_later_length CHECK (length("truth_later") <= 10000), 
	drift TEXT CONSTRAINT ck_rollout_drift_choice CHECK ("drift" IN ('slow', 'fast')), 
	maintenance_owner TEXT DEFAULT '' NOT NULL CONSTRAINT ck_rollout_maintenance_owner_length CHECK (length("maintenance_owner") <= 300), closed_on TEXT, closed_as TEXT CONSTRAINT ck_rollout_closed_as_choice CHECK ("closed_as" IN ('delivered', 'partly', 'stopped', 'merged')), exit_benefits TEXT DEFAULT '' NOT NULL CONSTRAINT ck_rollout_exit_benefits_length CHECK (length("exit_benefits") <= 10000), learnt_business TEXT DEFAULT '' NOT NULL CONSTRAINT ck_rollout_learnt_business_length CHECK (length("learnt_business") <= 10000), learnt_data TEXT DEFAULT '' NOT NULL CONSTRAINT ck_rollout_learnt_data_length CHECK (length("learnt_data") <= 10000), learnt_model TEXT DEFAULT '' NOT NULL CONSTRAINT ck_rollout_learnt_model_length CHECK (length("learnt_model") <= 10000), learnt_team TEXT DEFAULT '' NOT NULL CONSTRAINT ck_rollout_learnt_team_length CHECK (length("learnt_team") <= 10000), 
	CONSTRAINT pk_rollout PRIMARY KEY (project_id), 
	CONSTRAINT fk_rollout_project_id FOREIGN KEY(project_id) REFERENCES charter (id) ON DELETE CASCADE
)
 STRICT

;
INSERT INTO "rollout" VALUES('1598dc2eede3a16e',1,'2026-12-01T10:15:31.059611+00:00','Ana','[]','replace','canary','full','full','real_time','On-call engineer of search',5.0,'cloud','Point the service back to release 4; ten minutes, rehearsed before launch.','The typed search field opens with the cursor in it.','120 queries a second at peak','p95 under 300 ms','Today''s servers plus a tenth, CPU only','Words, certainty and time for 90 days; audio only with opt-in, for 18 months.','Encrypted on the way and in store; transcribers see no customer number.','Customers who type instead or tap “wrong words”, and 1,000 clips a month that are transcribed.','slow','Ben Carter, speech team',NULL,NULL,'','','','','');
CREATE TABLE rollout_monitors (
	project_id TEXT NOT NULL, 
	id TEXT NOT NULL, 
	row_order INTEGER NOT NULL, 
	removed INTEGER DEFAULT 0 NOT NULL CONSTRAINT ck_rollout_monitors_removed CHECK (removed IN (0, 1)), 
	unknown TEXT DEFAULT '[]' NOT NULL, 
	trouble TEXT DEFAULT '' NOT NULL CONSTRAINT ck_rollout_monitors_trouble_length CHECK (length("trouble") <= 10000), 
	signal TEXT CONSTRAINT ck_rollout_monitors_signal_choice CHECK ("signal" IN ('software', 'input', 'output')), 
	metric TEXT DEFAULT '' NOT NULL CONSTRAINT ck_rollout_monitors_metric_length CHECK (length("metric") <= 300), 
	bound TEXT CONSTRAINT ck_rollout_monitors_bound_choice CHECK ("bound" IN ('above', 'below')), 
	threshold REAL, 
	who_reacts TEXT DEFAULT '' NOT NULL CONSTRAINT ck_rollout_monitors_who_reacts_length CHECK (length("who_reacts") <= 300), 
	unit TEXT DEFAULT '' NOT NULL CONSTRAINT ck_rollout_monitors_unit_length CHECK (length("unit") <= 300), 
	reaction TEXT DEFAULT '' NOT NULL CONSTRAINT ck_rollout_monitors_reaction_length CHECK (length("reaction") <= 10000), 
	retrain TEXT CONSTRAINT ck_rollout_monitors_retrain_choice CHECK ("retrain" IN ('by_hand', 'automatic', 'no')), 
	checked TEXT DEFAULT '' NOT NULL CONSTRAINT ck_rollout_monitors_checked_length CHECK (length("checked") <= 300), risk TEXT DEFAULT '' NOT NULL, milestone TEXT DEFAULT '' NOT NULL, planned TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT pk_rollout_monitors PRIMARY KEY (project_id, id), 
	CONSTRAINT fk_rollout_monitors_project_id FOREIGN KEY(project_id) REFERENCES charter (id) ON DELETE CASCADE
)
 STRICT

;
INSERT INTO "rollout_monitors" VALUES('1598dc2eede3a16e','latency',1024,0,'[]','The larger recogniser is too slow at peak','software','Latency, p95','above',300.0,'On-call engineer of search','ms','Add servers; roll back if it lasts an hour.','no','Every minute','','','');
INSERT INTO "rollout_monitors" VALUES('1598dc2eede3a16e','load',2048,0,'[]','Servers run out of memory','software','Memory in use','above',85.0,'On-call engineer of search','%','Restart one by one, look for a leak.','no','Every minute','','','');
INSERT INTO "rollout_monitors" VALUES('1598dc2eede3a16e','clipped',3072,0,'[]','A new phone cuts the start of the audio','input','Average length of the audio, by type of phone','below',1.6,'Yuki Mori, devices','seconds','Listen to 20 clips of that phone, change the silence cutter.','by_hand','Every hour','','','');
INSERT INTO "rollout_monitors" VALUES('1598dc2eede3a16e','volume',4096,0,'[]','Microphones get quieter, or people whisper','input','Average loudness before levelling','below',-32.0,'Yuki Mori, devices','dB','Compare by type of phone and version.','by_hand','Daily','','','');
INSERT INTO "rollout_monitors" VALUES('1598dc2eede3a16e','empty',5120,0,'[]','Nothing is recognised','output','Empty answers','above',4.0,'On-call engineer of search','%','Roll back, then look for a change in the input.','no','Every 10 minutes','','','');
INSERT INTO "rollout_monitors" VALUES('1598dc2eede3a16e','redo',6144,0,'[]','The wrong words are recognised','output','Searches repeated within 30 seconds','above',9.0,'Ben Carter, speech team','%','Error analysis of 100 repeated searches.','by_hand','Daily','','','');
INSERT INTO "rollout_monitors" VALUES('1598dc2eede3a16e','typing',7168,0,'[]','People give up and type','output','Switches from voice to typing','above',14.0,'Dana Lee','%','Roll back after two days in a row.','by_hand','Daily','','','');
INSERT INTO "rollout_monitors" VALUES('1598dc2eede3a16e','accents',8192,0,'[]','It gets worse for speakers with an accent while the average improves','output','Gap by first language','above',3.0,'Amara Diallo, research','points','Stop the ramp-up; collect speech of that group.','by_hand','Monthly','','','');
CREATE TABLE rollout_next_steps (
	project_id TEXT NOT NULL, 
	id TEXT NOT NULL, 
	row_order INTEGER NOT NULL, 
	removed INTEGER DEFAULT 0 NOT NULL CONSTRAINT ck_rollout_next_steps_removed CHECK (removed IN (0, 1)), 
	unknown TEXT DEFAULT '[]' NOT NULL, 
	step TEXT DEFAULT '' NOT NULL CONSTRAINT ck_rollout_next_steps_step_length CHECK (length("step") <= 300), 
	owner TEXT DEFAULT '' NOT NULL CONSTRAINT ck_rollout_next_steps_owner_length CHECK (length("owner") <= 300), 
	due TEXT, 
	CONSTRAINT pk_rollout_next_steps PRIMARY KEY (project_id, id), 
	CONSTRAINT fk_rollout_next_steps_project_id FOREIGN KEY(project_id) REFERENCES charter (id) ON DELETE CASCADE
)
 STRICT

;
CREATE TABLE rollout_ramp (
	project_id TEXT NOT NULL, 
	id TEXT NOT NULL, 
	row_order INTEGER NOT NULL, 
	removed INTEGER DEFAULT 0 NOT NULL CONSTRAINT ck_rollout_ramp_removed CHECK (removed IN (0, 1)), 
	unknown TEXT DEFAULT '[]' NOT NULL, 
	share REAL CONSTRAINT ck_rollout_ramp_share_range CHECK ("share" >= 0 AND "share" <= 100), 
	starts TEXT, 
	condition TEXT DEFAULT '' NOT NULL CONSTRAINT ck_rollout_ramp_condition_length CHECK (length("condition") <= 10000), 
	decider TEXT DEFAULT '' NOT NULL CONSTRAINT ck_rollout_ramp_decider_length CHECK (length("decider") <= 300), 
	way_back TEXT DEFAULT '' NOT NULL CONSTRAINT ck_rollout_ramp_way_back_length CHECK (length("way_back") <= 10000), 
	live_on TEXT, 
	CONSTRAINT pk_rollout_ramp PRIMARY KEY (project_id, id), 
	CONSTRAINT fk_rollout_ramp_project_id FOREIGN KEY(project_id) REFERENCES charter (id) ON DELETE CASCADE
)
 STRICT

;
INSERT INTO "rollout_ramp" VALUES('1598dc2eede3a16e','step_1',1024,0,'[]',5.0,'2026-08-10','A/B test over five weeks: query-level accuracy gains a point, and no group gets worse','Ines Okafor','Point the service back to release 4; ten minutes',NULL);
INSERT INTO "rollout_ramp" VALUES('1598dc2eede3a16e','step_2',2048,0,'[]',25.0,'2026-09-14','Two weeks without an alarm, searches repeated below 9 %','Dana Lee','Point the service back to release 4; ten minutes',NULL);
INSERT INTO "rollout_ramp" VALUES('1598dc2eede3a16e','step_3',3072,0,'[]',100.0,'2026-10-01','Switches to typing stay below 14 %; the monthly sample shows no gap','Dana Lee','Back to 25 % first, then to release 4',NULL);
CREATE TABLE rollout_readings (
	project_id TEXT NOT NULL, 
	id TEXT NOT NULL, 
	row_order INTEGER NOT NULL, 
	removed INTEGER DEFAULT 0 NOT NULL CONSTRAINT ck_rollout_readings_removed CHECK (removed IN (0, 1)), 
	unknown TEXT DEFAULT '[]' NOT NULL, 
	monitor TEXT DEFAULT '' NOT NULL, 
	"when" TEXT, 
	value REAL, 
	source TEXT DEFAULT '' NOT NULL CONSTRAINT ck_rollout_readings_source_length CHECK (length("source") <= 300), 
	author TEXT DEFAULT '' NOT NULL CONSTRAINT ck_rollout_readings_author_length CHECK (length("author") <= 300), 
	CONSTRAINT pk_rollout_readings PRIMARY KEY (project_id, id), 
	CONSTRAINT fk_rollout_readings_project_id FOREIGN KEY(project_id) REFERENCES charter (id) ON DELETE CASCADE
)
 STRICT

;
CREATE TABLE said (
	id INTEGER NOT NULL, 
	project_id TEXT NOT NULL, 
	words TEXT NOT NULL, 
	CONSTRAINT pk_said PRIMARY KEY (id), 
	CONSTRAINT fk_said_project_id FOREIGN KEY(project_id) REFERENCES charter (id) ON DELETE CASCADE
)
 STRICT

;
INSERT INTO "said" VALUES(628741014659378576,'1598dc2eede3a16e','000 100 16 3 44 456 88 90 91 a above accuracy aloud and are as ask audio back background be ben better bought business by carter chief cleaner close come concept confidence consent counted covers criticality customers cut dana data demo devices did doubled effort engineer engineers enough estimated ethics every failed fails feasibility figure first fit five follows for from gap given grows half has have help holds hour hours i if impact in ines instead is it job labels ladder language last lead leave lee legal level lift likely listening maria measured ml mondays mori most moves must new next noise noisy not of officer okafor on one ones openings or ours owner owners paid people phones places plan product proof prove quality quarter quarterly queries query range reach reaches read readiness real recordings reduction release remaining remedies report result revenue right risk rival rule s saved say search searches second sentences settings share should sign silva six size slowly so speakers speech spoken sponsor stand stands start strategic support switched talk team technical ten that the thursday time to training transcripts tried two type up urgency use value voice way we wednesdays week weeks where who will with word words worth year yet yuki');
INSERT INTO "said" VALUES(628741014659378577,'1598dc2eede3a16e','000 12 14 17 19 2 20 200 21 3 30 5 500 a about accent after again agree all along amara an and anew anger another answers anybody are as ask asked asking at average badly be becomes before behaves behind ben better bluetooth but by calls can car carter certainty checked choose clip clips come cost countries customer customers dana dangerous day decide decides desk diallo dictation difference differently doubled drivers each else end english enter every everybody everything eyes fail failed feeds feeling fewer filler find first five for forty four fourth freedom from gain gas half has have heard hears heart helped hints how however if in instead is it its keep know known knows labels language languages last leave lee legal less likely link list listeners listens little logged logs looked maria markets messages million model most much names nearby nearest new no nobody not nothing notice noticed numbers of often on once one only or ordinary other others our owner people percentage phone pick pilot points privacy product quarter quarterly queries query question quiet rarely really recognised recogniser recordings release repeat repeated repeats report research results reyes right rival road rule safety same say search searches second seconds service share short show shows silva slow slower so some sooner speak speakers speech spoken stands station stop street support talk team text than that the their them themselves then they this time times to told tom training trains transcribers trusted twelve two type typing um umm understood unlikely up use used voice was way we week weeks well were when where whether which who whose with within without word words workshop would write written year سلام');
INSERT INTO "said" VALUES(628741014659378578,'1598dc2eede3a16e','0 000 1 16 2 300 36 4 50 90 900 91 a accents add after again alike alikes all and as ask at audio back background be beaten because belongs below better but buttons buy by can car carry change chosen clear clip clips collect come commonest concept contacts could customer data differences driver drivers each either end failed fall first fix fluent for from gain gained gap goes good hardly has have house idea in instead is it its kept knows language large largest last leave lie list listed log many maps measure measured measures most moves name names needed neither next no nobody noise noisy nor nothing now of offer on once one only otherwise our own paid part people phone place places plans plus points proof quarter queries query rare reaches recogniser recognition recorded relabel rest results retrain rule rules runs search searches send servers service setting settle show size sound sounds speakers speech spoken swap team ten than that the their then there thirds to today too tool train transcribers transcript transcription transcripts two type types use variants vendor voice voices way we week weekly weeks were what when where whether which while with within words work would written year yet');
INSERT INTO "said" VALUES(628741014659378579,'1598dc2eede3a16e','0 1 100 12 16 2 3 30 36 4 5 50 58 6 7 70 80 800 88 89 9 90 91 93 a about after agree agreement agrees all alone aloud always amara an and anyway appendix are audio away background bandwidth be beating become below ben better beware bring but by can cannot car carter centre clear clips compare connections cost customer customers cut dana data days diallo differ do drive drivers each every failed filler first fluent for four from gap get gets groups half halves hand hardly have help history hours improved in input is it its khz label last lee length like listening log look low make microphone microphones missing mixed models mori ms nearly never newer no noise noisy not notes nothing of often on once one our ours over own page paid parts people percentage phone phones places plausible points procurement promises protocol queries query read real recogniser release releases remaining repeat report right rival road room rose rule running runs s said same search searches sentences service shared six speakers speech study such table team test than that the their them they those time times to train transcribers transcription transcripts trial twenty two type types um umm vendor vendors version voice voices want was we weak weeks what when with within without words works worth would write writes years yuki');
INSERT INTO "said" VALUES(628741014659378580,'1598dc2eede3a16e','0 000 15 18 2 20 200 21 24 4 42 5 500 6 600 7 8 95 a about above accuracy act after among an and another answer are ask at average b become before below ben beside best better beyond bills both brought but by call calls car carter cents certainty click clicks clips commonest complaints computing confidence costs counted customer dana date day depends do doubled down drives earns engagement estimate every failed fee fermi fewer fifths first fitting five for forty from group half heard helped hopes i if in ines is it itself judged keep ladder language larger last lee level links list listening little load logged loses may milestones month monthly months more moves names needless not number of offer often okafor on one ones only or orders our out people person place plan plus points product quality queries query question ranking rare read recogniser release repeat repeated replayed report result results revenue s search searched searches season seasons seconds see shown side slightly spoken street study succeed support taken team ten tenth test tests the them therefore they third thousand three time times to today too took transcripts trust two typed unclear until up user users vendor voice volume want we week weeks where which whole with without word words write wrong wrongly year');
INSERT INTO "said" VALUES(628741014659378581,'1598dc2eede3a16e','07 1 111 12 18 2 200 2024 25 3 30 4 5 50 6 63 66 8 a about above abuse accent access accuracy act acts after age agree agreed ai alarm allowed already amara an analysis and annex another apart apply are areas art as ask asked at attribute audio average back balanced band be because becomes before behind being ben beside better both button by call callers calls can cannot car carry carter cases certain charge charts check checked checklist children cities clarified clip clips code coding collect collecting collection comes comparison component concept concerns condition confirmed connections contacts content contract cost could customer customers cut dana data day deaf decided decisions deleted deletes deployment dialling diallo dictation did distracts do does driver drivers driving each either else encrypted english errors errs eu every examine exclusion explain eyes favours field figures first fischer five follows for forgets free from gain gap gaps gets go got group groups half hands hard hardest harmed have hear heard help helps hides high hit how i if ii iii impact in included income infer injustice inputs installed into is it its keeps kept know knowing labels language languages larger launch law lean leaves lee left legal lena less level limited limits link list live load look made maria mark matter may meant measure measured men metric misses modelling monitoring month months more names need needs network never next no nobody none not nothing notice nuisance number numbers of off often old on once one only opt opted or orders origin other our out outcome outcomes overlook own owned page paid peak people person personal phone picture place platform points postcode predictions price private produce product prohibited proof protected purchases purpose put quarter query quickly radio random reach read reasonably recognised recogniser recommendations recordings regions release removed repair repeat repeated repeats reports result results reviewed reyes right risk road role rollout room rose round safety same sat says screen search searches second seconds see send served service set sets settings sex show shown silva single six slow some somebody something sound speak speakers speaking speaks speech spoken stand stands stated stays steps stereotypes stop storage store such support switch system talk talked tap target team teams television tell test tested testing than that the their them there these they things third this those thought three through to today told tom too trained training transcribers transcripts turn turns twelve two type typed types typing under understand undone unequal unfair unfairness union unrecognisable use used users version voice voices volunteers was watch watched way we weak weigh well were what when where wherever whether which while who whole whom will with within without word wording words works workshop worse would wrong years yes young');
INSERT INTO "said" VALUES(628741014659378582,'1598dc2eede3a16e','0 000 1 10 16 2 24 3 36 4 70 8 80 a after allows already amara american an and anew any approved are as at audio balanced be before behind ben between by cafe cafes car cars carter catalogue change choose chosen clear clearer clip clips closed code collection come comma consent contract crowdsourced customers cut cuts cutter cutting date day diallo differences differently digits drafts draw each eighth every fails first fluent for four fridays from gas go goes group groups half hand hours in input is it its khz lab language latest legal licence line listen listeners long louder loudness m may measured miss mix model monthly months mori mostly moving must names nearer nearest needs new no nobody noise noisy nothing numbers of off on once one only open opted or order our out output over own owned paid pay people phone places products purchased quarter quarters queries query quiet raw read reading reads real recogniser record release rule runs s same samples seconds seller sentence service set shares sign silence since so speaker speakers speaks speech spoken start stated station stations step street such takes talk talking test than the them then three to today tool training transcriber transcribers transcripts two type um umm under understands unintelligible use version voices warrants where which who windows wished with without word words work worst write writes yuki');
INSERT INTO "said" VALUES(628741014659378583,'1598dc2eede3a16e','0 000 02 03 04 05 06 07 08 09 1 10 100 11 12 13 14 15 16 17 19 2 20 200 2026 21 22 23 25 26 27 3 30 300 31 36 4 41 46 5 500 6 60 600 75 8 87 88 9 90 91 a ab above accent accents accuracy after against agreed all already an analysis analyst and another answered any are asked asking assignment at autumn b back bar be below ben between both business by came car carries cars carter certainty clear clips come comes computing concept contract counted covers cpu crowd crowdsourced customer customers dana data day days devices drivers due each eight engagement engineer engineers english enough error eval evaluated experiment first fischer for four from full gain gains gap gate gb gets go gpus group guide h had half held holds holiday hour hours id if in ines instead is its judged judges keeps language last latency later latest launch lee legal lena less level linguist live load log logged loop loops may meanwhile measured memory met milestones ml money monitoring month monthly months more ms needed new noise noisy not number of okafor on once one or out over own owned p50 p80 p95 paid peak people phones platform plus poc point points precision promised proof public purchased quality queries query reached reading recogniser recognisers recordings release repeat replay replayed result results retrai retrained revenue rework right rises roll round rounds row rule run runs s safety same sample search searches second sent servers service set seven short shows side six slowly so software speakers speech sponsor spring stands start starts stays still stop support switching team technical tenth tenths test tests than that the then there thousand three through throughput time title to today took traffic train trained training tran transcribed transcribers transcription transcripts tried twenty two typing user users value version voice volunteers we week weeks wer with within word words worse yet');
INSERT INTO "said" VALUES(628741014659378584,'1598dc2eede3a16e','000 1 10 100 120 14 18 20 25 30 300 4 9 90 a accent accuracy add after alarm amara an analysis and answers are at audio average b back before below ben by call carter certainty change clips collect compare cpu cursor customer customers cuts cutter daily dana days db devices diallo empty encrypted engineer error every field first five for from gains gap get gets give group hour if improves in ines input instead is it language larger lasts latency launch leak lee length level levelling listen look loudness memory microphones minute minutes month monthly months mori ms new no nothing number of okafor on one only opens opt or out over p95 peak people phone plus point points queries query quieter ramp recognised recogniser rehearsed release repeated research restart roll row run s sample search searches second seconds see servers service shows silence slow speakers speech start stay stop store switches tap team ten tenth test that the then time to today too transcribed transcribers two type typed typing under up use version voice way weeks while whisper who with within without words worse wrong yuki');
CREATE TABLE setting (
	name TEXT NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT pk_setting PRIMARY KEY (name)
)
 STRICT

;
CREATE TABLE solutions (
	project_id TEXT NOT NULL, 
	saved_number INTEGER NOT NULL, 
	saved_at TEXT NOT NULL, 
	saved_by TEXT NOT NULL, 
	unknown TEXT DEFAULT '[]' NOT NULL, 
	why_this_one TEXT DEFAULT '' NOT NULL CONSTRAINT ck_solutions_why_this_one_length CHECK (length("why_this_one") <= 10000), 
	why_learning TEXT DEFAULT '' NOT NULL CONSTRAINT ck_solutions_why_learning_length CHECK (length("why_learning") <= 10000), 
	CONSTRAINT pk_solutions PRIMARY KEY (project_id), 
	CONSTRAINT fk_solutions_project_id FOREIGN KEY(project_id) REFERENCES charter (id) ON DELETE CASCADE
)
 STRICT

;
INSERT INTO "solutions" VALUES('1598dc2eede3a16e',1,'2026-12-01T10:15:31.059611+00:00','Ana','[]','Clear speech and people noise carry 1.2 of the 1.36 points that could be gained, because 90 % of the queries fall there. Car noise has the largest gap, 4 points, but only 4 % of the queries: 0.16 points in all.','Rules fix the 50 commonest names; the rest has too many variants. A written transcription rule is needed either way and is part of the chosen idea.');
CREATE TABLE solutions_solutions (
	project_id TEXT NOT NULL, 
	id TEXT NOT NULL, 
	row_order INTEGER NOT NULL, 
	removed INTEGER DEFAULT 0 NOT NULL CONSTRAINT ck_solutions_solutions_removed CHECK (removed IN (0, 1)), 
	unknown TEXT DEFAULT '[]' NOT NULL, 
	name TEXT DEFAULT '' NOT NULL CONSTRAINT ck_solutions_solutions_name_length CHECK (length("name") <= 300), 
	problems TEXT DEFAULT '[]' NOT NULL, 
	approach TEXT CONSTRAINT ck_solutions_solutions_approach_choice CHECK ("approach" IN ('ml', 'rules', 'process', 'buy', 'nothing')), 
	standing TEXT CONSTRAINT ck_solutions_solutions_standing_choice CHECK ("standing" IN ('considered', 'chosen', 'parked', 'rejected')), 
	data TEXT CONSTRAINT ck_solutions_solutions_data_choice CHECK ("data" IN ('unstructured', 'structured')), 
	novelty TEXT CONSTRAINT ck_solutions_solutions_novelty_choice CHECK ("novelty" IN ('new', 'existing')), 
	description TEXT DEFAULT '' NOT NULL CONSTRAINT ck_solutions_solutions_description_length CHECK (length("description") <= 10000), 
	input_x TEXT DEFAULT '' NOT NULL CONSTRAINT ck_solutions_solutions_input_x_length CHECK (length("input_x") <= 10000), 
	target_y TEXT DEFAULT '' NOT NULL CONSTRAINT ck_solutions_solutions_target_y_length CHECK (length("target_y") <= 10000), 
	label_source TEXT DEFAULT '' NOT NULL CONSTRAINT ck_solutions_solutions_label_source_length CHECK (length("label_source") <= 300), 
	who_acts TEXT DEFAULT '' NOT NULL CONSTRAINT ck_solutions_solutions_who_acts_length CHECK (length("who_acts") <= 300), 
	decision_enabled TEXT DEFAULT '' NOT NULL CONSTRAINT ck_solutions_solutions_decision_enabled_length CHECK (length("decision_enabled") <= 10000), 
	process_change TEXT DEFAULT '' NOT NULL CONSTRAINT ck_solutions_solutions_process_change_length CHECK (length("process_change") <= 10000), 
	integration TEXT DEFAULT '' NOT NULL CONSTRAINT ck_solutions_solutions_integration_length CHECK (length("integration") <= 10000), 
	posture TEXT CONSTRAINT ck_solutions_solutions_posture_choice CHECK ("posture" IN ('augment', 'automate')), 
	wait TEXT DEFAULT '' NOT NULL CONSTRAINT ck_solutions_solutions_wait_length CHECK (length("wait") <= 300), 
	horizon TEXT DEFAULT '' NOT NULL CONSTRAINT ck_solutions_solutions_horizon_length CHECK (length("horizon") <= 300), 
	simple_baseline TEXT DEFAULT '' NOT NULL CONSTRAINT ck_solutions_solutions_simple_baseline_length CHECK (length("simple_baseline") <= 10000), 
	because TEXT DEFAULT '' NOT NULL CONSTRAINT ck_solutions_solutions_because_length CHECK (length("because") <= 10000), 
	revisit_when TEXT DEFAULT '' NOT NULL CONSTRAINT ck_solutions_solutions_revisit_when_length CHECK (length("revisit_when") <= 10000), 
	CONSTRAINT pk_solutions_solutions PRIMARY KEY (project_id, id), 
	CONSTRAINT fk_solutions_solutions_project_id FOREIGN KEY(project_id) REFERENCES charter (id) ON DELETE CASCADE
)
 STRICT

;
INSERT INTO "solutions_solutions" VALUES('1598dc2eede3a16e','consistent_noisy',1024,0,'[]','Retrain with one transcription rule and speech from noisy places','["failed_queries","inconsistent_transcripts","repeats_in_car"]','ml','chosen','unstructured','existing','Relabel what we own by one written rule, add recorded and paid speech with voices in the background, retrain the recogniser of today.','Audio of one query, type of phone, language setting. Neither place nor contacts.','The words that were spoken, written by the rule','Transcripts by fluent speakers, two for each clip','The search service, at once','Which results to show, and whether to ask again','Nothing for the customer. Transcribers work by a rule and settle differences weekly.','The voice service, the log of searches, the transcription tool','automate','At once when the customer types instead; otherwise one week for a transcript','Now','The recogniser of today plus a list of the 50 commonest names','Two thirds of the gain lie in data we can have within two weeks.','');
INSERT INTO "solutions_solutions" VALUES('1598dc2eede3a16e','name_list',2048,0,'[]','A list of the 50 commonest names and their sound-alikes','["failed_queries"]','rules','considered','unstructured','existing','After recognition, swap rare words for the listed name that sounds alike.','','','','','','','','automate','','','','Reaches one failed search in ten. Kept as what has to be beaten.','');
INSERT INTO "solutions_solutions" VALUES('1598dc2eede3a16e','offer_choices',3072,0,'[]','Offer the last ten places as large buttons while the car moves','["repeats_in_car"]','process','parked','structured','new','No speech is needed for the places a driver goes to most.','','','','','','','','augment','','','','Good for drivers, but the change belongs to the team for maps.','When the maps team plans its next quarter.');
INSERT INTO "solutions_solutions" VALUES('1598dc2eede3a16e','buy_recogniser',4096,0,'[]','Buy recognition from a vendor','["accents","failed_queries"]','buy','rejected','unstructured','existing','Send the audio to a vendor and use the words that come back.','','','','','','','',NULL,'','','','91.0 % on our clips, hardly better than today, at $900,000 a year; and audio would leave the house.','When the vendor runs on our own servers below $300,000 a year.');
INSERT INTO "solutions_solutions" VALUES('1598dc2eede3a16e','accent_model',5120,0,'[]','Collect speech with accents and train on it','["accents"]','ml','parked','unstructured','existing','First measure the gap by first language; then collect where it is largest.','As in the chosen idea','The words that were spoken','','The search service','','','',NULL,'','','','Nobody knows the size of the gap yet. The proof of concept measures it.','When the gap is measured, at the end of the proof of concept.');
CREATE TABLE value (
	project_id TEXT NOT NULL, 
	saved_number INTEGER NOT NULL, 
	saved_at TEXT NOT NULL, 
	saved_by TEXT NOT NULL, 
	unknown TEXT DEFAULT '[]' NOT NULL, 
	minimum_improvement TEXT DEFAULT '' NOT NULL CONSTRAINT ck_value_minimum_improvement_length CHECK (length("minimum_improvement") <= 10000), 
	guardrails TEXT DEFAULT '' NOT NULL CONSTRAINT ck_value_guardrails_length CHECK (length("guardrails") <= 10000), 
	measured_how TEXT DEFAULT '' NOT NULL CONSTRAINT ck_value_measured_how_length CHECK (length("measured_how") <= 10000), 
	cost_of_error TEXT DEFAULT '' NOT NULL CONSTRAINT ck_value_cost_of_error_length CHECK (length("cost_of_error") <= 10000), 
	horizon_years INTEGER CONSTRAINT ck_value_horizon_years_range CHECK ("horizon_years" >= 1 AND "horizon_years" <= 30), discount_rate REAL CONSTRAINT ck_value_discount_rate_range CHECK ("discount_rate" >= 0 AND "discount_rate" <= 100), linked_costs TEXT CONSTRAINT ck_value_linked_costs_choice CHECK ("linked_costs" IN ('none', 'data', 'milestones', 'both')), 
	CONSTRAINT pk_value PRIMARY KEY (project_id), 
	CONSTRAINT fk_value_project_id FOREIGN KEY(project_id) REFERENCES charter (id) ON DELETE CASCADE
)
 STRICT

;
INSERT INTO "value" VALUES('1598dc2eede3a16e',1,'2026-12-01T10:15:31.059611+00:00','Ana','[]','Failed searches down from 21 % to 20 %, shown at 95 % confidence','Answer time, complaints about wrong calls, accuracy of every group, accuracy by first language','A/B test by customer on 5 % of voice users for two weeks, doubled if the result is unclear','A wrong word costs the customer about 20 seconds. A wrong call or a wrong place in the car is rare but costs trust; both therefore ask before they act.',3,8.0,'milestones');
CREATE TABLE value_benefits (
	project_id TEXT NOT NULL, 
	id TEXT NOT NULL, 
	row_order INTEGER NOT NULL, 
	removed INTEGER DEFAULT 0 NOT NULL CONSTRAINT ck_value_benefits_removed CHECK (removed IN (0, 1)), 
	unknown TEXT DEFAULT '[]' NOT NULL, 
	name TEXT DEFAULT '' NOT NULL CONSTRAINT ck_value_benefits_name_length CHECK (length("name") <= 300), 
	low INTEGER, 
	likely INTEGER, 
	high INTEGER, 
	currency TEXT NOT NULL CONSTRAINT ck_value_benefits_currency_choice CHECK ("currency" IN ('USD', 'EUR', 'GBP', 'CHF', 'CAD', 'AUD', 'NZD', 'SEK', 'NOK', 'DKK', 'PLN', 'CZK', 'TRY', 'ILS', 'AED', 'SAR', 'KWD', 'IRR', 'INR', 'CNY', 'JPY', 'KRW', 'SGD', 'HKD', 'BRL', 'MXN', 'ZAR', 'NGN')), 
	period TEXT CONSTRAINT ck_value_benefits_period_choice CHECK ("period" IN ('once', 'month', 'year')), 
	evidence TEXT CONSTRAINT ck_value_benefits_evidence_choice CHECK ("evidence" IN ('guess', 'estimate', 'measured')), 
	source TEXT DEFAULT '' NOT NULL CONSTRAINT ck_value_benefits_source_length CHECK (length("source") <= 300), 
	accrues_to TEXT DEFAULT '' NOT NULL CONSTRAINT ck_value_benefits_accrues_to_length CHECK (length("accrues_to") <= 300), shape TEXT CONSTRAINT ck_value_benefits_shape_choice CHECK ("shape" IN ('pert', 'triangular', 'uniform', 'lognormal', 'metalog')), starts_month INTEGER CONSTRAINT ck_value_benefits_starts_month_range CHECK ("starts_month" >= 0 AND "starts_month" <= 360), ramp_months INTEGER CONSTRAINT ck_value_benefits_ramp_months_range CHECK ("ramp_months" >= 0 AND "ramp_months" <= 360), lasts_months INTEGER CONSTRAINT ck_value_benefits_lasts_months_range CHECK ("lasts_months" >= 1 AND "lasts_months" <= 360), cause TEXT DEFAULT '' NOT NULL CONSTRAINT ck_value_benefits_cause_length CHECK (length("cause") <= 300), pull REAL CONSTRAINT ck_value_benefits_pull_range CHECK ("pull" >= -1 AND "pull" <= 1), solution TEXT DEFAULT '' NOT NULL, rung TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT pk_value_benefits PRIMARY KEY (project_id, id), 
	CONSTRAINT fk_value_benefits_project_id FOREIGN KEY(project_id) REFERENCES charter (id) ON DELETE CASCADE
)
 STRICT

;
INSERT INTO "value_benefits" VALUES('1598dc2eede3a16e','orders',1024,0,'[]','More orders after spoken searches',85000,100000,115000,'USD','month','estimate','A thousand $ of revenue is a thousand $ today; spoken searches may become fewer or more by 15 %','Search product',NULL,NULL,3,NULL,'Number of spoken searches',0.8,'','revenue');
INSERT INTO "value_benefits" VALUES('1598dc2eede3a16e','support_calls',2048,0,'[]','Fewer calls about voice search',400000,800000,1300000,'USD','year','guess','600 calls a year at $42; support hopes for a third, half at best','Customer support',NULL,NULL,3,NULL,'Number of spoken searches',0.4,'','');
INSERT INTO "value_benefits" VALUES('1598dc2eede3a16e','list_orders',3072,0,'[]','Orders after searches for the commonest names',1500000,3500000,6000000,'USD','year','estimate','The list of street names helped one failed search in forty; names are searched more often','Search product',NULL,2,NULL,NULL,'',NULL,'name_list','');
INSERT INTO "value_benefits" VALUES('1598dc2eede3a16e','vendor_orders',4096,0,'[]','Orders with the vendor''s recogniser',4800000,32000000,106000000,'USD','year','estimate','0.7 points on our clips, times the links of the ladder','Search product',NULL,3,NULL,NULL,'',NULL,'buy_recogniser','');
CREATE TABLE value_costs (
	project_id TEXT NOT NULL, 
	id TEXT NOT NULL, 
	row_order INTEGER NOT NULL, 
	removed INTEGER DEFAULT 0 NOT NULL CONSTRAINT ck_value_costs_removed CHECK (removed IN (0, 1)), 
	unknown TEXT DEFAULT '[]' NOT NULL, 
	name TEXT DEFAULT '' NOT NULL CONSTRAINT ck_value_costs_name_length CHECK (length("name") <= 300), 
	low INTEGER, 
	likely INTEGER, 
	high INTEGER, 
	currency TEXT NOT NULL CONSTRAINT ck_value_costs_currency_choice CHECK ("currency" IN ('USD', 'EUR', 'GBP', 'CHF', 'CAD', 'AUD', 'NZD', 'SEK', 'NOK', 'DKK', 'PLN', 'CZK', 'TRY', 'ILS', 'AED', 'SAR', 'KWD', 'IRR', 'INR', 'CNY', 'JPY', 'KRW', 'SGD', 'HKD', 'BRL', 'MXN', 'ZAR', 'NGN')), 
	period TEXT CONSTRAINT ck_value_costs_period_choice CHECK ("period" IN ('once', 'month', 'year')), 
	evidence TEXT CONSTRAINT ck_value_costs_evidence_choice CHECK ("evidence" IN ('guess', 'estimate', 'measured')), 
	source TEXT DEFAULT '' NOT NULL CONSTRAINT ck_value_costs_source_length CHECK (length("source") <= 300), 
	kind TEXT CONSTRAINT ck_value_costs_kind_choice CHECK ("kind" IN ('build', 'data', 'run', 'people', 'other')), shape TEXT CONSTRAINT ck_value_costs_shape_choice CHECK ("shape" IN ('pert', 'triangular', 'uniform', 'lognormal', 'metalog')), starts_month INTEGER CONSTRAINT ck_value_costs_starts_month_range CHECK ("starts_month" >= 0 AND "starts_month" <= 360), ramp_months INTEGER CONSTRAINT ck_value_costs_ramp_months_range CHECK ("ramp_months" >= 0 AND "ramp_months" <= 360), lasts_months INTEGER CONSTRAINT ck_value_costs_lasts_months_range CHECK ("lasts_months" >= 1 AND "lasts_months" <= 360), cause TEXT DEFAULT '' NOT NULL CONSTRAINT ck_value_costs_cause_length CHECK (length("cause") <= 300), pull REAL CONSTRAINT ck_value_costs_pull_range CHECK ("pull" >= -1 AND "pull" <= 1), solution TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT pk_value_costs PRIMARY KEY (project_id, id), 
	CONSTRAINT fk_value_costs_project_id FOREIGN KEY(project_id) REFERENCES charter (id) ON DELETE CASCADE
)
 STRICT

;
INSERT INTO "value_costs" VALUES('1598dc2eede3a16e','reserve',1024,0,'[]','Computing, test drives and load tests beyond the plan',0,400000,1400000,'USD','once','estimate','Bills of the last release: up to two fifths above plan. The plan itself is counted with the milestones','build',NULL,NULL,NULL,7,'',NULL,'');
INSERT INTO "value_costs" VALUES('1598dc2eede3a16e','team',2048,0,'[]','The team, about 18 person-months',24000000,27000000,35000000,'USD','once','estimate','$15,000 for a person-month','people',NULL,NULL,NULL,7,'',NULL,'');
INSERT INTO "value_costs" VALUES('1598dc2eede3a16e','run',3072,0,'[]','Monthly transcripts and a slightly larger recogniser',3600000,4800000,7000000,'USD','year','guess','Load of today plus a tenth','run',NULL,7,NULL,NULL,'Number of spoken searches',0.6,'');
INSERT INTO "value_costs" VALUES('1598dc2eede3a16e','list_build',4096,0,'[]','Write and test the list of names',1200000,1800000,2600000,'USD','once','estimate','The list of street names took five weeks','people',NULL,NULL,NULL,2,'',NULL,'name_list');
INSERT INTO "value_costs" VALUES('1598dc2eede3a16e','list_care',5120,0,'[]','Keep the list up to date',600000,900000,1400000,'USD','year','estimate','Half a day a week','run',NULL,2,NULL,NULL,'',NULL,'name_list');
INSERT INTO "value_costs" VALUES('1598dc2eede3a16e','vendor_fee',6144,0,'[]','Fee of the vendor',85000000,90000000,95000000,'USD','year','measured','Offer, by volume','run',NULL,3,NULL,NULL,'',NULL,'buy_recogniser');
CREATE TABLE value_operating_points (
	project_id TEXT NOT NULL, 
	id TEXT NOT NULL, 
	row_order INTEGER NOT NULL, 
	removed INTEGER DEFAULT 0 NOT NULL CONSTRAINT ck_value_operating_points_removed CHECK (removed IN (0, 1)), 
	unknown TEXT DEFAULT '[]' NOT NULL, 
	name TEXT DEFAULT '' NOT NULL CONSTRAINT ck_value_operating_points_name_length CHECK (length("name") <= 300), 
	stake TEXT DEFAULT '' NOT NULL, 
	precision REAL CONSTRAINT ck_value_operating_points_precision_range CHECK ("precision" >= 0 AND "precision" <= 100), 
	recall REAL CONSTRAINT ck_value_operating_points_recall_range CHECK ("recall" >= 0 AND "recall" <= 100), 
	source TEXT DEFAULT '' NOT NULL CONSTRAINT ck_value_operating_points_source_length CHECK (length("source") <= 300), 
	CONSTRAINT pk_value_operating_points PRIMARY KEY (project_id, id), 
	CONSTRAINT fk_value_operating_points_project_id FOREIGN KEY(project_id) REFERENCES charter (id) ON DELETE CASCADE
)
 STRICT

;
INSERT INTO "value_operating_points" VALUES('1598dc2eede3a16e','careful',1024,0,'[]','Ask below a certainty of 0.4','',78.0,35.0,'2,000 logged queries, replayed');
INSERT INTO "value_operating_points" VALUES('1598dc2eede3a16e','middle',2048,0,'[]','Ask below a certainty of 0.6','',66.0,62.0,'2,000 logged queries, replayed');
INSERT INTO "value_operating_points" VALUES('1598dc2eede3a16e','eager',3072,0,'[]','Ask below a certainty of 0.8','',52.0,85.0,'2,000 logged queries, replayed');
CREATE TABLE value_rates (
	project_id TEXT NOT NULL, 
	id TEXT NOT NULL, 
	row_order INTEGER NOT NULL, 
	removed INTEGER DEFAULT 0 NOT NULL CONSTRAINT ck_value_rates_removed CHECK (removed IN (0, 1)), 
	unknown TEXT DEFAULT '[]' NOT NULL, 
	"foreign" TEXT CONSTRAINT ck_value_rates_foreign_choice CHECK ("foreign" IN ('USD', 'EUR', 'GBP', 'CHF', 'CAD', 'AUD', 'NZD', 'SEK', 'NOK', 'DKK', 'PLN', 'CZK', 'TRY', 'ILS', 'AED', 'SAR', 'KWD', 'IRR', 'INR', 'CNY', 'JPY', 'KRW', 'SGD', 'HKD', 'BRL', 'MXN', 'ZAR', 'NGN')), 
	rate REAL CONSTRAINT ck_value_rates_rate_range CHECK ("rate" >= 0), 
	as_of TEXT, 
	source TEXT DEFAULT '' NOT NULL CONSTRAINT ck_value_rates_source_length CHECK (length("source") <= 300), 
	CONSTRAINT pk_value_rates PRIMARY KEY (project_id, id), 
	CONSTRAINT fk_value_rates_project_id FOREIGN KEY(project_id) REFERENCES charter (id) ON DELETE CASCADE
)
 STRICT

;
CREATE TABLE value_realised (
	project_id TEXT NOT NULL, 
	id TEXT NOT NULL, 
	row_order INTEGER NOT NULL, 
	removed INTEGER DEFAULT 0 NOT NULL CONSTRAINT ck_value_realised_removed CHECK (removed IN (0, 1)), 
	unknown TEXT DEFAULT '[]' NOT NULL, 
	benefit TEXT DEFAULT '' NOT NULL, 
	month TEXT, 
	amount INTEGER, 
	currency TEXT NOT NULL CONSTRAINT ck_value_realised_currency_choice CHECK ("currency" IN ('USD', 'EUR', 'GBP', 'CHF', 'CAD', 'AUD', 'NZD', 'SEK', 'NOK', 'DKK', 'PLN', 'CZK', 'TRY', 'ILS', 'AED', 'SAR', 'KWD', 'IRR', 'INR', 'CNY', 'JPY', 'KRW', 'SGD', 'HKD', 'BRL', 'MXN', 'ZAR', 'NGN')), 
	source TEXT DEFAULT '' NOT NULL CONSTRAINT ck_value_realised_source_length CHECK (length("source") <= 300), 
	CONSTRAINT pk_value_realised PRIMARY KEY (project_id, id), 
	CONSTRAINT fk_value_realised_project_id FOREIGN KEY(project_id) REFERENCES charter (id) ON DELETE CASCADE
)
 STRICT

;
CREATE TABLE value_rungs (
	project_id TEXT NOT NULL, 
	id TEXT NOT NULL, 
	row_order INTEGER NOT NULL, 
	removed INTEGER DEFAULT 0 NOT NULL CONSTRAINT ck_value_rungs_removed CHECK (removed IN (0, 1)), 
	unknown TEXT DEFAULT '[]' NOT NULL, 
	"order" INTEGER CONSTRAINT ck_value_rungs_order_range CHECK ("order" >= 1 AND "order" <= 99), 
	metric TEXT DEFAULT '' NOT NULL CONSTRAINT ck_value_rungs_metric_length CHECK (length("metric") <= 300), 
	unit TEXT DEFAULT '' NOT NULL CONSTRAINT ck_value_rungs_unit_length CHECK (length("unit") <= 300), 
	current REAL, 
	target REAL, 
	technical TEXT CONSTRAINT ck_value_rungs_technical_choice CHECK ("technical" IN ('accepts', 'objects')), 
	business TEXT CONSTRAINT ck_value_rungs_business_choice CHECK ("business" IN ('accepts', 'objects')), 
	low REAL, 
	likely REAL, 
	high REAL, 
	evidence TEXT CONSTRAINT ck_value_rungs_evidence_choice CHECK ("evidence" IN ('guess', 'estimate', 'measured')), 
	technical_by TEXT DEFAULT '' NOT NULL CONSTRAINT ck_value_rungs_technical_by_length CHECK (length("technical_by") <= 300), 
	technical_on TEXT, 
	technical_reservation TEXT DEFAULT '' NOT NULL CONSTRAINT ck_value_rungs_technical_reservation_length CHECK (length("technical_reservation") <= 10000), 
	business_by TEXT DEFAULT '' NOT NULL CONSTRAINT ck_value_rungs_business_by_length CHECK (length("business_by") <= 300), 
	business_on TEXT, 
	business_reservation TEXT DEFAULT '' NOT NULL CONSTRAINT ck_value_rungs_business_reservation_length CHECK (length("business_reservation") <= 10000), below TEXT DEFAULT '' NOT NULL, shape TEXT CONSTRAINT ck_value_rungs_shape_choice CHECK ("shape" IN ('pert', 'triangular', 'uniform', 'lognormal', 'metalog')), source TEXT DEFAULT '' NOT NULL CONSTRAINT ck_value_rungs_source_length CHECK (length("source") <= 300), level TEXT CONSTRAINT ck_value_rungs_level_choice CHECK ("level" IN ('model', 'software', 'people', 'business', 'company')), 
	CONSTRAINT pk_value_rungs PRIMARY KEY (project_id, id), 
	CONSTRAINT fk_value_rungs_project_id FOREIGN KEY(project_id) REFERENCES charter (id) ON DELETE CASCADE
)
 STRICT

;
INSERT INTO "value_rungs" VALUES('1598dc2eede3a16e','words',1024,0,'[]',1,'Word-level accuracy','%',90.3,91.3,'accepts','accepts',NULL,NULL,NULL,'measured','Ben Carter','2026-02-12','','Dana Lee','2026-02-12','An average: I want to see every group beside it.','',NULL,'','model');
INSERT INTO "value_rungs" VALUES('1598dc2eede3a16e','queries',2048,0,'[]',2,'Query-level accuracy','%',79.0,81.0,'accepts','accepts',1.2,2.0,2.6,'measured','Ben Carter','2026-02-12','','Dana Lee','2026-02-12','','',NULL,'Listening study 7: 2,000 queries, words and whole queries counted side by side','model');
INSERT INTO "value_rungs" VALUES('1598dc2eede3a16e','results',3072,0,'[]',3,'Search-result quality','% with a fitting result among the first three',74.0,75.6,'accepts','accepts',0.6,0.8,0.9,'measured','Ben Carter','2026-02-12','Depends on ranking too, which is another team.','Dana Lee','2026-02-12','','',NULL,'500 queries judged by three people, with and without the wrong words','software');
INSERT INTO "value_rungs" VALUES('1598dc2eede3a16e','engagement',4096,0,'[]',4,'User engagement','% of spoken searches with a click',48.0,49.0,'accepts','accepts',0.4,0.625,0.9,'estimate','Ben Carter','2026-02-13','Moves with seasons; read it only in an A/B test.','Dana Lee','2026-02-13','','',NULL,'Two A/B tests of typed search, where better results brought more clicks','people');
INSERT INTO "value_rungs" VALUES('1598dc2eede3a16e','revenue',5120,0,'[]',5,'Revenue','thousand $ a month from voice search',1900.0,1938.0,'accepts','accepts',20.0,38.0,60.0,'estimate','Ben Carter','2026-02-13','We do not answer for it; we report it.','Ines Okafor','2026-02-13','A Fermi estimate until the A/B test is in.','',NULL,'Clicks and revenue of 24 weeks, season taken out','company');
CREATE TABLE value_stakes (
	project_id TEXT NOT NULL, 
	id TEXT NOT NULL, 
	row_order INTEGER NOT NULL, 
	removed INTEGER DEFAULT 0 NOT NULL CONSTRAINT ck_value_stakes_removed CHECK (removed IN (0, 1)), 
	unknown TEXT DEFAULT '[]' NOT NULL, 
	name TEXT DEFAULT '' NOT NULL CONSTRAINT ck_value_stakes_name_length CHECK (length("name") <= 300), 
	cases_per_month INTEGER CONSTRAINT ck_value_stakes_cases_per_month_range CHECK ("cases_per_month" >= 0), 
	positive_share REAL CONSTRAINT ck_value_stakes_positive_share_range CHECK ("positive_share" >= 0 AND "positive_share" <= 100), 
	value_tp INTEGER, 
	cost_fp INTEGER CONSTRAINT ck_value_stakes_cost_fp_range CHECK ("cost_fp" >= 0), 
	cost_fn INTEGER CONSTRAINT ck_value_stakes_cost_fn_range CHECK ("cost_fn" >= 0), 
	currency TEXT NOT NULL CONSTRAINT ck_value_stakes_currency_choice CHECK ("currency" IN ('USD', 'EUR', 'GBP', 'CHF', 'CAD', 'AUD', 'NZD', 'SEK', 'NOK', 'DKK', 'PLN', 'CZK', 'TRY', 'ILS', 'AED', 'SAR', 'KWD', 'IRR', 'INR', 'CNY', 'JPY', 'KRW', 'SGD', 'HKD', 'BRL', 'MXN', 'ZAR', 'NGN')), 
	cost_per_case INTEGER CONSTRAINT ck_value_stakes_cost_per_case_range CHECK ("cost_per_case" >= 0), 
	cost_per_error INTEGER CONSTRAINT ck_value_stakes_cost_per_error_range CHECK ("cost_per_error" >= 0), 
	average_error REAL CONSTRAINT ck_value_stakes_average_error_range CHECK ("average_error" >= 0), 
	average_error_today REAL CONSTRAINT ck_value_stakes_average_error_today_range CHECK ("average_error_today" >= 0), 
	source TEXT DEFAULT '' NOT NULL CONSTRAINT ck_value_stakes_source_length CHECK (length("source") <= 300), 
	CONSTRAINT pk_value_stakes PRIMARY KEY (project_id, id), 
	CONSTRAINT fk_value_stakes_project_id FOREIGN KEY(project_id) REFERENCES charter (id) ON DELETE CASCADE
)
 STRICT

;
INSERT INTO "value_stakes" VALUES('1598dc2eede3a16e','ask_again',1024,0,'[]','Ask the customer to repeat',6000000,30.0,1,1,0,'USD',NULL,NULL,NULL,NULL,'A search earns two cents on average and half of the repeated ones succeed; a needless question loses half a search. 200,000 queries a day are heard with little certainty, three in ten of them wrongly.');
CREATE TABLE workshop (
	id TEXT NOT NULL, 
	project_id TEXT NOT NULL, 
	name TEXT NOT NULL, 
	code TEXT NOT NULL, 
	link TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	planned_at TEXT, 
	made_at TEXT NOT NULL, 
	made_by TEXT NOT NULL, 
	ended_at TEXT, 
	follows TEXT NOT NULL, 
	CONSTRAINT pk_workshop PRIMARY KEY (id), 
	CONSTRAINT fk_workshop_project_id FOREIGN KEY(project_id) REFERENCES charter (id) ON DELETE CASCADE
)
 STRICT

;
CREATE TABLE workshop_move (
	workshop_id TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	at TEXT NOT NULL, 
	"by" TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	data TEXT NOT NULL, 
	CONSTRAINT pk_workshop_move PRIMARY KEY (workshop_id, number), 
	CONSTRAINT fk_workshop_move_workshop_id FOREIGN KEY(workshop_id) REFERENCES workshop (id) ON DELETE CASCADE
)
 STRICT

;
CREATE TABLE workshop_person (
	workshop_id TEXT NOT NULL, 
	device TEXT NOT NULL, 
	person TEXT NOT NULL, 
	CONSTRAINT pk_workshop_person PRIMARY KEY (workshop_id, device), 
	CONSTRAINT fk_workshop_person_workshop_id FOREIGN KEY(workshop_id) REFERENCES workshop (id) ON DELETE CASCADE
)
 STRICT

;
CREATE TABLE workshop_template (
	id TEXT NOT NULL, 
	name TEXT NOT NULL, 
	agenda TEXT NOT NULL, 
	made_at TEXT NOT NULL, 
	made_by TEXT NOT NULL, 
	CONSTRAINT pk_workshop_template PRIMARY KEY (id)
)
 STRICT

;
CREATE INDEX ix_revision_project_id_part_number ON revision (project_id, part, number);
CREATE INDEX ix_access_token_project_id ON access_token (project_id);
CREATE INDEX ix_milestone_state_state_from_day_to_day_project_id_milestone ON milestone_state (state, from_day, to_day, project_id, milestone);
CREATE INDEX ix_charter_archived_saved_at_id ON charter (archived, saved_at, id);
CREATE INDEX ix_milestones_milestones_project_id_removed_due ON milestones_milestones (project_id, removed, due);
CREATE INDEX ix_milestones_milestones_all ON milestones_milestones (removed, project_id, id, due, row_order, owner);
CREATE INDEX ix_place_archived_word_rank_project_id_from_day_to_day_said_by ON place (archived, word, rank, project_id, from_day, to_day, said_by);
CREATE UNIQUE INDEX ix_workshop_code ON workshop (code) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX ix_workshop_link ON workshop (link);
CREATE INDEX ix_workshop_project_id_made_at ON workshop (project_id, made_at);
COMMIT;
CREATE VIRTUAL TABLE said_words USING fts5(words, content='said', content_rowid='id', detail='none', tokenize='unicode61 remove_diacritics 0');
INSERT INTO said_words(said_words) VALUES ('rebuild');
PRAGMA application_id = 1296847683;
