/* Says in the reader's language that an answer is late or the connection is gone; connection.css veils what stood there before.

The words stand on the bar itself (ui/server/index_html.py). Streamlit 1.67 tells its state in two attributes of its root. */
{
  // Without it Streamlit looks for its server below the page's own address first: a round trip for nothing.
  // oxlint-disable-next-line no-underscore-dangle
  window.__streamlit = { BACKEND_BASE_URL: `${window.location.origin}/` };

  const AFTER = { waiting: 2000, lost: 1000 }; // ms until it is said; a quick answer or a short gap is not
  const KEPT = 8000; // ms for which "connected again" stays
  const CONNECTION = "data-test-connection-state";
  const RERUN = (11 << 3) | 2; // the first byte of BackMsg.rerun_script: field 11, of a length
  const SCRIPT = "data-test-script-state";
  const bar = document.getElementById("connection");
  const root = document.getElementById("root");
  let connected = false;
  let drawn = false;
  let asked = false; // a tap has left, and nothing has come back yet
  let pressed = false; // a tap had left when the connection was lost
  let state = "opening";
  let timer = 0;

  const now = () => {
    const app = root.querySelector('[data-testid="stApp"]');
    const connection = app?.getAttribute(CONNECTION);
    if (connection === "DISCONNECTED_FOREVER") {
      return "ended";
    }
    if (connection !== "CONNECTED") {
      return connected ? "lost" : "opening";
    }
    connected = true;
    drawn ||= app.querySelector(".age, .st-key-heading") !== null;
    if (!drawn) {
      return app.getAttribute(SCRIPT) === "notRunning" ? "" : "opening"; // a page without a frame, or none yet
    }
    return asked || app.getAttribute(SCRIPT) === "running" ? "waiting" : "";
  };

  const say = (what) => {
    bar.dataset.says = what;
    bar.textContent = bar.dataset[what] ?? "";
    document.documentElement.dataset.connection = what;
    root.inert = what === "lost" || what === "ended"; // nothing can be pressed that would be lost
  };

  const later = document.getElementById("later"); // chunks that the page will need, once Streamlit's entry runs
  const look = () => {
    if (later.content.firstChild && root.firstChild) {
      document.head.append(later.content);
    }
    const next = now();
    document.documentElement.dataset.asked = asked;
    if (next === state) {
      return;
    }
    const before = state;
    state = next;
    clearTimeout(timer);
    if (next === "lost") {
      pressed = before === "waiting"; // it is not sent again: the server may have done it, and an order is not given twice
      asked = false;
    }
    if (next === "" && pressed) {
      pressed = false;
      say("again");
      timer = setTimeout(() => say(""), KEPT);
    } else if (AFTER[next] && bar.dataset.says !== "lost") {
      timer = setTimeout(() => say(next), AFTER[next]);
      if (before === "opening") {
        say("");
      }
    } else {
      say(next);
    }
  };

  const watched = { subtree: true, childList: true, attributes: true, attributeFilter: [CONNECTION, SCRIPT] };
  new MutationObserver(look).observe(root, watched);

  /* The websocket is opened while Streamlit's scripts still arrive, three round trips earlier. The first that Streamlit asks
  for is this one, if it goes to the same place for a new session; any other is opened as ever. */
  const Plain = window.WebSocket;
  const place = `${window.location.origin.replace(/^http/, "ws")}/_stcore/stream`;
  const token = () => /\b_streamlit_xsrf=([^;]*)/.exec(document.cookie)?.[1];
  let early = null;
  const waiting = setInterval(() => {
    if (token()) {
      clearInterval(waiting);
      early = new Plain(place, ["streamlit", token()]);
    }
  }, 50); // ms; the cookie comes with the answer to the first question that index.html asks

  /** Streamlit's state does not tell that a tap has left; its messages do. */
  const watch = (socket) => {
    const send = socket.send.bind(socket);
    socket.send = (message) => {
      send(message);
      asked ||= message[0] === RERUN;
      look();
    };
    socket.addEventListener("message", () => {
      asked = false;
      look();
    });
    return socket;
  };

  window.WebSocket = new Proxy(Plain, {
    construct(made, [url, protocols]) {
      clearInterval(waiting);
      let socket = early;
      early = null;
      if (socket?.readyState > made.OPEN || new URL(url).href !== place || protocols?.length !== 2) {
        socket?.close();
        socket = null;
      }
      if (socket?.readyState === made.OPEN) {
        setTimeout(() => socket.dispatchEvent(new Event("open"))); // Streamlit listens only from now on
      }
      return watch(socket ?? new made(url, protocols));
    },
  });
}
