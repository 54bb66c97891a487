// A tap on a link of a panel goes there inside the app, as Back and forward do: Streamlit hears of the address and runs it.
// Without this script, and in a new tab, such a link loads the app anew and shows the same.
addEventListener("click", (tap) => {
  const link = tap.target.closest("a.go");
  if (!link || tap.defaultPrevented || tap.button || tap.ctrlKey || tap.metaKey || tap.shiftKey || tap.altKey) return;
  tap.preventDefault();
  if (link.href !== location.href) history.pushState({}, "", link.href); // the same again asks again: an answer was lost
  dispatchEvent(new PopStateEvent("popstate", { state: {} }));
});
