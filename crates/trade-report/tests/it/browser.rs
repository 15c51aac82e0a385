//! A headless Chromium, driven by its `DevTools` protocol over a pipe.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;
use trade_report::{Report, render};

const PROGRAMS: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];
const PATIENCE: Duration = Duration::from_mins(1);
const SIZE: (u32, u32) = (1200, 900);

/// A page in a browser.
pub(crate) struct Browser {
    child: Child,
    input: ChildStdin,
    messages: Receiver<Value>,
    session: Option<String>,
    n_sent: u64,
    /// Everything that the browser told unasked.
    pub(crate) events: Vec<Value>,
    folder: TempDir,
}

impl Browser {
    /// Opens a report; says so and gives nothing where no browser is installed.
    pub(crate) fn open(report: &Report) -> Option<Self> {
        let mut browser = Self::start()?;
        browser.load(report);
        browser.settle();
        Some(browser)
    }

    /// As `open`, where the reader has switched scripts off.
    pub(crate) fn open_without_script(report: &Report) -> Option<Self> {
        let mut browser = Self::start()?;
        browser.call("Emulation.setScriptExecutionDisabled", json!({ "value": true }));
        browser.load(report);
        Some(browser)
    }

    /// Opens a page that is there already.
    pub(crate) fn open_file(page: &Path) -> Option<Self> {
        let mut browser = Self::start()?;
        browser.show(page);
        browser.settle();
        Some(browser)
    }

    fn load(&mut self, report: &Report) {
        let page = self.folder.path().join("report.html");
        fs::write(&page, render(report).unwrap()).unwrap();
        self.show(&page);
    }

    fn show(&mut self, page: &Path) {
        self.resize(SIZE.0, SIZE.1);
        self.call("Page.navigate", json!({ "url": format!("file://{}", page.display()) }));
        while !self.events.iter().any(|event| event["method"] == "Page.loadEventFired") {
            let event = self.receive();
            self.events.push(event);
        }
    }

    fn start() -> Option<Self> {
        let works = |program: &&str| Command::new(program).arg("--version").output().is_ok_and(|o| o.status.success());
        let Some(program) = PROGRAMS.into_iter().find(works) else {
            println!("skipped: none of {PROGRAMS:?} is installed");
            return None;
        };
        let folder = tempfile::tempdir().unwrap();
        let profile = format!("--user-data-dir={}", folder.path().join("profile").display());
        // The protocol is spoken over the descriptors 3 and 4.
        let mut child = Command::new("sh")
            .args(["-c", "exec \"$0\" \"$@\" 3<&0 4>&1 0</dev/null 1>/dev/null 2>/dev/null", program, &profile])
            .args("--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync".split(' '))
            .args(["--disable-background-networking", "--disable-component-update", "--remote-debugging-pipe"])
            .arg("about:blank")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let input = child.stdin.take().unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let (sender, messages) = channel();
        thread::spawn(move || {
            let mut message = Vec::new();
            while output.read_until(0, &mut message).is_ok_and(|len| len > 0) {
                message.pop();
                if sender.send(serde_json::from_slice(&message).unwrap()).is_err() {
                    return;
                }
                message.clear();
            }
        });
        let mut browser = Self { child, input, messages, session: None, n_sent: 0, events: Vec::new(), folder };
        browser.attach();
        Some(browser)
    }

    fn attach(&mut self) {
        let target = self.call("Target.createTarget", json!({ "url": "about:blank" }));
        let attached = self.call("Target.attachToTarget", json!({ "targetId": target["targetId"], "flatten": true }));
        self.session = Some(attached["sessionId"].as_str().unwrap().to_owned());
        for domain in ["Page", "Runtime", "Network", "Log"] {
            self.call(&format!("{domain}.enable"), json!({}));
        }
    }

    fn receive(&self) -> Value {
        self.messages.recv_timeout(PATIENCE).expect("the browser answers within a minute")
    }

    /// Calls a method of the protocol.
    #[expect(clippy::needless_pass_by_value, reason = "callers write the parameters where they call")]
    pub(crate) fn call(&mut self, method: &str, params: Value) -> Value {
        self.n_sent += 1;
        let mut message = json!({ "id": self.n_sent, "method": method, "params": params });
        if let Some(session) = &self.session {
            message["sessionId"] = json!(session);
        }
        self.input.write_all(format!("{message}\0").as_bytes()).unwrap();
        loop {
            let answer = self.receive();
            if answer["id"] == self.n_sent {
                assert!(answer["error"].is_null(), "{method}: {}", answer["error"]);
                return answer["result"].clone();
            }
            self.events.push(answer);
        }
    }

    /// Value of an expression of JavaScript, awaited.
    pub(crate) fn eval(&mut self, expression: &str) -> Value {
        let params = json!({ "expression": expression, "returnByValue": true, "awaitPromise": true });
        let answer = self.call("Runtime.evaluate", params);
        assert!(answer["exceptionDetails"].is_null(), "{expression}: {}", answer["exceptionDetails"]);
        answer["result"]["value"].clone()
    }

    /// A number by an expression.
    pub(crate) fn number(&mut self, expression: &str) -> f64 {
        let value = self.eval(expression);
        value.as_f64().unwrap_or_else(|| panic!("{expression} is {value}"))
    }

    /// Numbers by an expression.
    pub(crate) fn numbers(&mut self, expression: &str) -> Vec<f64> {
        let value = self.eval(expression);
        value.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
    }

    /// A text by an expression.
    pub(crate) fn text(&mut self, expression: &str) -> String {
        let value = self.eval(expression);
        value.as_str().unwrap_or_else(|| panic!("{expression} is {value}")).to_owned()
    }

    /// Waits until what was asked for is drawn.
    pub(crate) fn settle(&mut self) {
        self.eval("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(1))))");
    }

    /// Sets the size of the window in pixels.
    pub(crate) fn resize(&mut self, width: u32, height: u32) {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.call("Emulation.setDeviceMetricsOverride", size);
    }

    /// Presses a key where the focus is.
    pub(crate) fn key(&mut self, key: &str) {
        let mut down = json!({ "type": "keyDown", "key": key });
        if key.chars().count() == 1 {
            down["text"] = json!(key);
        }
        if key == "Escape" {
            down["windowsVirtualKeyCode"] = json!(27);
        }
        self.call("Input.dispatchKeyEvent", down);
        self.call("Input.dispatchKeyEvent", json!({ "type": "keyUp", "key": key }));
        self.settle();
    }

    /// Gives an element the focus and brings it into view; its place is left, top, width, height.
    pub(crate) fn focus(&mut self, selector: &str) -> [f64; 4] {
        self.eval(&format!("document.querySelector('{selector}').focus()"));
        self.place(selector)
    }

    /// Brings an element into view; its place is left, top, width, height.
    pub(crate) fn place(&mut self, selector: &str) -> [f64; 4] {
        self.eval(&format!("document.querySelector('{selector}').scrollIntoView({{ block: 'center' }})"));
        self.settle();
        let place = self.eval(&format!(
            "(() => {{ const r = document.querySelector('{selector}').getBoundingClientRect(); return [r.x, r.y, r.width, r.height]; }})()"
        ));
        std::array::from_fn(|at| place[at].as_f64().unwrap())
    }

    /// Sends an event of the mouse; more parameters come from `more`.
    pub(crate) fn mouse(&mut self, kind: &str, x: f64, y: f64, more: &Value) {
        let mut params = json!({ "type": kind, "x": x, "y": y });
        for (key, value) in more.as_object().unwrap() {
            params[key] = value.clone();
        }
        self.call("Input.dispatchMouseEvent", params);
        self.settle();
    }

    /// Drags along a line; `modifiers` is 8 for Shift.
    pub(crate) fn drag(&mut self, from: (f64, f64), to: (f64, f64), modifiers: u8) {
        let held = json!({ "button": "left", "buttons": 1, "clickCount": 1, "modifiers": modifiers });
        self.mouse("mousePressed", from.0, from.1, &held);
        self.mouse("mouseMoved", to.0, to.1, &held);
        self.mouse("mouseReleased", to.0, to.1, &held);
    }

    /// Errors of scripts and policies, and addresses that were asked for beside the page itself.
    pub(crate) fn complaints(&self) -> Vec<String> {
        let complaint = |event: &Value| {
            let params = &event["params"];
            match event["method"].as_str()? {
                "Runtime.exceptionThrown" => Some(params["exceptionDetails"].to_string()),
                "Runtime.consoleAPICalled" => Some(params["args"].to_string()),
                "Log.entryAdded" => Some(params["entry"].to_string()),
                "Network.requestWillBeSent" if params["type"] != "Document" => {
                    Some(params["request"]["url"].to_string())
                }
                _ => None,
            }
        };
        self.events.iter().filter_map(complaint).collect()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // A browser that is gone already is what is wanted.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
