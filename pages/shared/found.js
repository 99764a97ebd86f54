// How many a search or a filter left is said, and not on opening the page: what one searches by keeps the focus.
const found = { at: location.pathname, by: JSON.stringify(told.by) };
const before = window.f2fFound;
window.f2fFound = found;
if (before && before.at === found.at && before.by !== found.by) f2fSay(told.words);
