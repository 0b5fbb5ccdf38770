CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

CREATE TABLE answers (
    learner_id TEXT NOT NULL,
    event_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    at_ms BIGINT NOT NULL,
    day TEXT NOT NULL,
    session_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    purpose TEXT NOT NULL,
    item_id TEXT NOT NULL,
    topic TEXT NOT NULL,
    area TEXT NOT NULL,
    credit_01 FLOAT NOT NULL,
    is_right BOOLEAN NOT NULL,
    confidence_01 FLOAT,
    predicted_01 FLOAT NOT NULL,
    xp INTEGER NOT NULL,
    due_ms BIGINT NOT NULL,
    PRIMARY KEY (learner_id, event_id)
);

CREATE INDEX answers_by_seq ON answers (learner_id, seq);

CREATE INDEX answers_by_session ON answers (learner_id, session_id, item_id);

CREATE TABLE days (
    learner_id TEXT NOT NULL,
    day TEXT NOT NULL,
    answered INTEGER NOT NULL,
    "right" INTEGER NOT NULL,
    submitted INTEGER NOT NULL,
    turns INTEGER NOT NULL,
    xp INTEGER NOT NULL,
    elapsed_ms BIGINT NOT NULL,
    PRIMARY KEY (learner_id, day)
);

CREATE TABLE due_days (
    learner_id TEXT NOT NULL,
    day TEXT NOT NULL,
    due INTEGER NOT NULL,
    PRIMARY KEY (learner_id, day)
);

CREATE TABLE events (
    seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    learner_id TEXT NOT NULL,
    event_id TEXT NOT NULL,
    at_ms BIGINT NOT NULL,
    kind TEXT NOT NULL,
    version INTEGER NOT NULL,
    subject TEXT NOT NULL,
    data TEXT NOT NULL,
    UNIQUE (learner_id, event_id)
);

CREATE INDEX events_by_kind ON events (learner_id, kind, seq);

CREATE INDEX events_by_subject ON events (learner_id, subject, seq);

CREATE TABLE learners (
    learner_id TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    interview_on TEXT,
    expected_logit FLOAT NOT NULL,
    self_report TEXT NOT NULL,
    memory_weights TEXT NOT NULL,
    answered INTEGER NOT NULL,
    xp INTEGER NOT NULL,
    last_seq INTEGER NOT NULL,
    PRIMARY KEY (learner_id)
);

CREATE TABLE mastery (
    learner_id TEXT NOT NULL,
    part TEXT NOT NULL,
    mean FLOAT NOT NULL,
    variance FLOAT NOT NULL,
    fast_mean FLOAT NOT NULL,
    fast_variance FLOAT NOT NULL,
    n_answers INTEGER NOT NULL,
    at_ms BIGINT NOT NULL,
    PRIMARY KEY (learner_id, part)
);

CREATE TABLE mastery_days (
    learner_id TEXT NOT NULL,
    day TEXT NOT NULL,
    part TEXT NOT NULL,
    mean FLOAT NOT NULL,
    variance FLOAT NOT NULL,
    fast_mean FLOAT NOT NULL,
    fast_variance FLOAT NOT NULL,
    n_answers INTEGER NOT NULL,
    at_ms BIGINT NOT NULL,
    PRIMARY KEY (learner_id, day, part)
);

CREATE TABLE memories (
    learner_id TEXT NOT NULL,
    item_id TEXT NOT NULL,
    topic TEXT NOT NULL,
    area TEXT NOT NULL,
    stability_days FLOAT NOT NULL,
    difficulty FLOAT NOT NULL,
    reviewed_ms BIGINT NOT NULL,
    due_ms BIGINT NOT NULL,
    due_on TEXT NOT NULL,
    n_reviews INTEGER NOT NULL,
    n_lapses INTEGER NOT NULL,
    last_is_right BOOLEAN NOT NULL,
    mean FLOAT NOT NULL,
    variance FLOAT NOT NULL,
    n_answers INTEGER NOT NULL,
    at_ms BIGINT NOT NULL,
    PRIMARY KEY (learner_id, item_id)
);

CREATE INDEX memories_by_due ON memories (learner_id, due_ms);

CREATE INDEX memories_by_review ON memories (learner_id, reviewed_ms, due_ms);

CREATE TABLE problems (
    learner_id TEXT NOT NULL,
    problem_id TEXT NOT NULL,
    topic TEXT NOT NULL,
    area TEXT NOT NULL,
    runs INTEGER NOT NULL,
    submissions INTEGER NOT NULL,
    best_passed INTEGER NOT NULL,
    total INTEGER NOT NULL,
    solved_ms BIGINT,
    last_ms BIGINT NOT NULL,
    last_outcome TEXT NOT NULL,
    hints_taken INTEGER NOT NULL,
    mean FLOAT NOT NULL,
    variance FLOAT NOT NULL,
    n_answers INTEGER NOT NULL,
    PRIMARY KEY (learner_id, problem_id)
);

CREATE TABLE sessions (
    learner_id TEXT NOT NULL,
    session_id TEXT NOT NULL,
    purpose TEXT NOT NULL,
    started_ms BIGINT NOT NULL,
    last_ms BIGINT NOT NULL,
    answered INTEGER NOT NULL,
    "right" INTEGER NOT NULL,
    xp INTEGER NOT NULL,
    elapsed_ms BIGINT NOT NULL,
    PRIMARY KEY (learner_id, session_id)
);
