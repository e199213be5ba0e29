// The suite's side of a talk in Rust: compiled with the suite and with functions that have the candidate's headers. No
// candidate code is there. A call travels to the candidate's own sandbox, as a question of the protocol of ../python.py;
// the last line is the report of ../../assertions/report.ts.
use crate::assay_wire::{parse, quoted, Json, Wire};
use std::fmt::Debug;
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::os::fd::FromRawFd;
use std::panic::{catch_unwind, set_hook, AssertUnwindSafe, PanicHookInfo};
use std::sync::{Mutex, MutexGuard, PoisonError};

const MOST_SHOWN: usize = 1000;

struct Talk { channel: File, lines: BufReader<File>, calls: usize, asked: String, answered: String }

static TALK: Mutex<Option<Talk>> = Mutex::new(None);
/// What the last panic said, and the line of the suite that it came from.
static PANIC: Mutex<Option<(String, Option<u32>)>> = Mutex::new(None);

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Talk {
    fn take(&mut self) -> String {
        let mut line = String::new();
        if self.lines.read_line(&mut line).unwrap_or(0) == 0 { std::process::exit(1) }
        line.trim_end_matches('\n').to_string()
    }
    fn put(&mut self, line: &str) {
        if self.channel.write_all(format!("{}\n", line).as_bytes()).is_err() { std::process::exit(1) }
    }
}

/// A test of a suite, by the name of its function.
pub struct Test { pub name: &'static str, pub run: fn() -> Result<(), String>, pub should_panic: Option<&'static str> }

/// Suites put their tests into a section of this name; the one without a name is there so that there is such a section.
#[used]
#[link_section = "assay_tests"]
static NONE: Test = Test { name: "", run: || Ok(()), should_panic: None };

extern "Rust" {
    #[link_name = "__start_assay_tests"]
    static FIRST: Test;
    #[link_name = "__stop_assay_tests"]
    static END: Test;
}

fn tests() -> impl Iterator<Item = &'static Test> {
    let (first, end) = unsafe { (&raw const FIRST, &raw const END) };
    let count = (end as usize - first as usize) / std::mem::size_of::<Test>();
    (0..count).map(move |index| unsafe { &*first.add(index) }).filter(|test| !test.name.is_empty())
}

/// What a test or a `main` may return.
pub trait Outcome { fn outcome(self) -> Result<(), String>; }
impl Outcome for () { fn outcome(self) -> Result<(), String> { Ok(()) } }
impl<E: Debug> Outcome for Result<(), E> {
    fn outcome(self) -> Result<(), String> { self.map_err(|error| format!("{:?}", error)) }
}

/// Runs the `main` of a suite, or its tests, and reports.
pub fn run(main: Option<fn() -> Result<(), String>>) {
    let channel = unsafe { File::from_raw_fd(3) };
    let lines = BufReader::new(channel.try_clone().unwrap());
    let mut talk = Talk { channel, lines, calls: 0, asked: String::new(), answered: String::new() };
    talk.take();
    *locked(&TALK) = Some(talk);
    set_hook(Box::new(note_panic));
    let mut reports = Vec::new();
    match main {
        Some(run) => reports.push(report_of(&Test { name: "main", run, should_panic: None })),
        None => reports.extend(tests().map(report_of)),
    }
    // The order in which the linker leaves them is its own.
    reports.sort();
    end(&reports.join(","));
}

fn note_panic(info: &PanicHookInfo<'_>) {
    let payload = info.payload();
    let message = payload.downcast_ref::<String>().cloned()
        .or_else(|| payload.downcast_ref::<&str>().map(|text| text.to_string())).unwrap_or_default();
    let line = info.location().filter(|place| place.file().ends_with("suite.rs")).map(|place| place.line());
    *locked(&PANIC) = Some((message, line));
}

fn report_of(test: &Test) -> String {
    let ended = catch_unwind(AssertUnwindSafe(test.run));
    let panicked = locked(&PANIC).take();
    let failure = match (ended, test.should_panic) {
        (Ok(_), Some(_)) => Some(("AssertionError", "did not panic".to_string(), None)),
        (Ok(outcome), None) => outcome.err().map(|message| ("Failed", message, None)),
        (Err(_), expected) => {
            let (message, line) = panicked.unwrap_or_default();
            let kind = if message.starts_with("assertion") { "AssertionError" } else { "panic" };
            if expected.is_some_and(|part| message.contains(part)) { None } else { Some((kind, message, line)) }
        }
    };
    match failure {
        None => format!("{{\"name\":{},\"passed\":true}}", quoted(test.name)),
        Some((kind, message, line)) => failed(test.name, kind, &message, line),
    }
}

fn failed(name: &str, kind: &str, message: &str, line: Option<u32>) -> String {
    format!("{{\"name\":{},\"passed\":false,\"error\":{}}}", quoted(name), error(kind, message, line))
}

fn cut(text: &str) -> String {
    quoted(&text.chars().take(MOST_SHOWN).collect::<String>())
}

fn error(kind: &str, message: &str, line: Option<u32>) -> String {
    let talk = locked(&TALK);
    let (asked, answered) = talk.as_ref().map(|talk| (talk.asked.as_str(), talk.answered.as_str())).unwrap_or_default();
    let line = line.map(|line| line.to_string()).unwrap_or("null".to_string());
    format!("{{\"type\":{},\"message\":{},\"line\":{},\"asked\":{},\"answered\":{}}}",
        quoted(kind), cut(message), line, cut(asked), cut(answered))
}

/// Ends the talk. What a suite did that never asked says nothing of a candidate.
fn end(tests: &str) -> ! {
    let calls = locked(&TALK).as_ref().map(|talk| talk.calls).unwrap_or(0);
    let report = match (calls, tests) {
        (0, tests) if !tests.is_empty() => {
            format!("\"tests\":[],\"fault\":{}", error("Error", "it never calls the candidate", None))
        }
        _ => format!("\"tests\":[{}]", tests),
    };
    if let Some(talk) = locked(&TALK).as_mut() { talk.put(&format!("{{\"report\":{{{}}}}}", report)) }
    std::process::exit(0)
}

/// Ends the suite at once: nothing more can be asked.
fn stop(kind: &str, message: &str) -> ! {
    end(&failed("suite", kind, message, None))
}

/// What the candidate answered to one call.
pub struct Reply { fields: Vec<(String, Json)> }

impl Reply {
    fn field(&self, name: &str) -> Option<&Json> {
        self.fields.iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }
    /// What a function left in an argument.
    pub fn after<T: Wire>(&self, index: usize) -> Option<T> {
        match self.field("argsAfter") { Some(Json::List(items)) => items.get(index).map(value_of), _ => None }
    }
    pub fn result<T: Wire>(&self) -> T {
        if let Some(Json::Object(raised)) = self.field("raised") {
            match raised.iter().find(|(key, _)| key == "message") {
                Some((_, Json::Text(message))) => panic!("{}", message),
                _ => panic!(),
            }
        }
        match self.field("returned") { Some(json) => value_of(json), None => stop("ProtocolError", "the reply is none that a driver writes") }
    }
}

fn value_of<T: Wire>(json: &Json) -> T {
    T::read(json).unwrap_or_else(|what| stop("TypeError", &format!("what the candidate answered does not fit: {}", what)))
}

/// Asks the candidate for a call. `after`: also for how the arguments stand after it.
pub fn ask(name: &str, arguments: &[String], after: bool) -> Reply {
    let (line, calls) = {
        let mut guard = locked(&TALK);
        let talk = match guard.as_mut() { Some(talk) => talk, None => std::process::exit(1) };
        talk.calls += 1;
        let given = arguments.join(",");
        talk.put(&format!("{{\"id\":{},\"call\":{},\"args\":[{}],\"argsAfter\":{}}}", talk.calls, quoted(name), given, after));
        talk.asked = format!("{}({})", name, given);
        talk.answered = String::new();
        talk.answered = talk.take();
        (talk.answered.clone(), talk.calls)
    };
    let fields = match parse(&line) { Json::Object(fields) => fields, _ => Vec::new() };
    let reply = Reply { fields };
    if reply.field("gone").is_some() { stop("Gone", "the candidate has ended") }
    match reply.field("id") {
        Some(Json::Number(id)) if *id == calls.to_string() => {}
        _ => stop("ProtocolError", "the reply is to no question"),
    }
    for refusal in ["unserialisable", "undefined"] {
        if let Some(Json::Text(what)) = reply.field(refusal) { stop(refusal, what) }
    }
    reply
}
