'use strict';
(() => {
  const form = document.querySelector('form');
  const groups = [...document.querySelectorAll('.rule')].map(group => ({
    group, code: group.dataset.code, area: group.dataset.area, file: group.dataset.file,
    severity: group.dataset.severity, head: group.querySelector('summary').textContent.toLowerCase(),
    wasOpen: group.open,
    items: [...group.querySelectorAll('ul.findings > li')].map(item => ({item, text: item.textContent.toLowerCase()})),
  }));
  const sections = [...document.querySelectorAll('section.file')];
  const total = groups.reduce((sum, group) => sum + group.items.length, 0);
  const shown = form.querySelector('output');
  const fits = (select, value) => !select.value || select.value === '=' + value;

  function filter() {
    const words = form.elements.words.value.toLowerCase().split(/\s+/).filter(Boolean);
    const severities = new Set([...form.querySelectorAll('[name=severity]:checked')].map(box => box.value));
    const {rule, area, file} = form.elements;
    const asked = words.length > 0 || [rule, area, file].some(select => select.value);
    let count = 0;
    for (const group of groups) {
      const meant = severities.has(group.severity) && fits(rule, group.code) && fits(area, group.area) &&
        fits(file, group.file);
      let left = 0;
      for (const {item, text} of group.items) {
        const fine = meant && words.every(word => text.includes(word) || group.head.includes(word) ||
          group.file.toLowerCase().includes(word));
        if (item.hidden === fine) item.hidden = !fine;
        if (fine) left += 1;
      }
      count += left;
      group.group.hidden = left === 0;
      group.group.open = asked ? left > 0 && (left <= 200 || group.wasOpen) : group.wasOpen;
    }
    for (const section of sections) section.hidden = !section.querySelector('.rule:not([hidden])');
    const noun = total === 1 ? 'finding' : 'findings';
    shown.value = `${count === total ? '' : count.toLocaleString('en') + ' of '}${total.toLocaleString('en')} ${noun}`;
  }

  let waiting;
  form.addEventListener('input', () => { clearTimeout(waiting); waiting = setTimeout(filter, 120); });
  form.addEventListener('reset', () => setTimeout(filter));
  form.addEventListener('submit', event => event.preventDefault());
  form.hidden = false;
  filter();

  function reveal() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let node = target; node; node = node.parentElement) if (node.tagName === 'DETAILS') node.open = true;
    if (target) target.scrollIntoView();
  }
  addEventListener('hashchange', reveal);
  if (location.hash) reveal();

  let opened = [];
  addEventListener('beforeprint', () => {
    opened = [...document.querySelectorAll('details:not([open])')];
    for (const one of opened) one.open = true;
  });
  addEventListener('afterprint', () => { for (const one of opened) one.open = false; });
})();
