/** What the page does: filter, move between findings by key, switch the theme. Without it everything is shown. */
export const SCRIPT = `
(() => {
  const form = document.querySelector('form');
  const items = [...document.querySelectorAll('ol.findings > li')].map((li) => {
    const article = li.firstElementChild;
    return { li, article, rule: article.dataset.rule, severity: article.dataset.severity, text: article.textContent.toLowerCase() };
  });
  const search = form.elements.text;
  const count = form.querySelector('output');
  const filter = () => {
    const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
    const severities = new Set([...form.querySelectorAll('[name=severity]:checked')].map((box) => box.value));
    const rule = form.elements.rule.value;
    let shown = 0;
    for (const item of items) {
      const fits = severities.has(item.severity) && (rule === '' || rule === item.rule) && words.every((word) => item.text.includes(word));
      item.li.hidden = !fits;
      if (fits) shown++;
    }
    count.textContent = shown + ' of ' + items.length + (items.length === 1 ? ' finding' : ' findings');
    document.querySelector('#none').hidden = shown > 0 || items.length === 0;
  };
  form.addEventListener('input', filter);
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', () => setTimeout(filter));
  const step = (by) => {
    const shown = items.filter(({ li }) => !li.hidden).map(({ article }) => article);
    const at = shown.findIndex((article) => article.contains(document.activeElement));
    const next = shown[at < 0 ? (by > 0 ? 0 : shown.length - 1) : Math.min(shown.length - 1, Math.max(0, at + by))];
    if (next) { next.focus({ preventScroll: true }); next.scrollIntoView({ block: 'start' }); }
  };
  document.addEventListener('keydown', (event) => {
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) && event.target.type !== 'checkbox';
    if (event.key === 'Escape' && event.target === search) { search.value = ''; filter(); return; }
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '/') { event.preventDefault(); search.focus(); }
    if (event.key === 'j') step(1);
    if (event.key === 'k') step(-1);
  });
  const root = document.documentElement;
  const button = document.querySelector('#theme');
  const dark = () => root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  const label = () => { button.textContent = dark() ? 'Light theme' : 'Dark theme'; };
  button.addEventListener('click', () => { root.dataset.theme = dark() ? 'light' : 'dark'; label(); });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', label);
  button.hidden = false;
  form.hidden = false;
  label();
  filter();
})();
`;
