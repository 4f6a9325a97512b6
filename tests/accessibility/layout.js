/**
 * What is wrong with the layout of the page as the window shows it now: a list of sentences.
 *
 * Too wide, squeezed, cut off, sticking out of its box, one over another, too small for a finger.
 */
() => {
  const WHAT_ONE_USES = 'button, a[href], input, select, textarea, summary, h1, h2, h3, .clock, [role="menuitem"], [role="menuitemradio"]';
  const PRIMARY = '.act, .big, .primary, .controls button, .choice';
  const FINGER_PX = 44;
  const SMALLEST_PX = 24;
  const SLACK_PX = 1.5;
  const NARROWEST_EM = 4;
  const LONG_CHARACTERS = 20;

  const problems = [];
  const root = document.documentElement;
  const top = document.querySelector(':popover-open:not(.toast)') ?? [...document.querySelectorAll('dialog:modal')].at(-1) ?? document.body;

  const said = (element) => {
    const words = (element.getAttribute('aria-label') ?? element.innerText ?? '').trim().replace(/\s+/g, ' ').slice(0, 40);
    return `<${element.localName}${element.className && typeof element.className === 'string' ? `.${element.className.trim().replace(/\s+/g, '.')}` : ''}> “${words}”`;
  };
  const ancestors = function* (element, until = null) {
    for (let each = element.parentElement; each && each !== until; each = each.parentElement) yield each;
  };
  const clips = (element) => getComputedStyle(element).overflow !== 'visible' && element !== document.body && element !== root;
  const seen = (element) => {
    const { left, top: above, right, bottom } = element.getBoundingClientRect();
    const rect = { left, top: above, right, bottom };
    // What lies in the top layer is clipped by nothing outside of it.
    for (const each of ancestors(element, top.parentElement)) {
      if (!clips(each)) continue;
      const by = each.getBoundingClientRect();
      rect.left = Math.max(rect.left, by.left);
      rect.right = Math.min(rect.right, by.right);
      rect.top = Math.max(rect.top, by.top);
      rect.bottom = Math.min(rect.bottom, by.bottom);
    }
    return rect;
  };
  const isHidden = (element) =>
    !element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }) || element.closest('.visually-hidden, .skip, .toast') !== null;
  // What stays in place while the rest scrolls below it lies over it by intention.
  const layer = (element) => [element, ...ancestors(element)].find((each) => ['fixed', 'sticky'].includes(getComputedStyle(each).position)) ?? null;

  if (root.scrollWidth > root.clientWidth) problems.push(`the page is ${root.scrollWidth - root.clientWidth} px wider than the window`);

  const found = [...top.querySelectorAll(WHAT_ONE_USES)]
    .filter((element) => !isHidden(element))
    .map((element) => ({ element, box: element.getBoundingClientRect(), rect: seen(element), layer: layer(element) }))
    .filter(({ rect }) => rect.right - rect.left > 2 && rect.bottom - rect.top > 2);

  for (const { element, box, rect } of found) {
    if (box.left < -SLACK_PX || box.right > root.clientWidth + SLACK_PX) problems.push(`${said(element)} lies outside of the window`);
    else if (rect.left > box.left + SLACK_PX || rect.right < box.right - SLACK_PX) problems.push(`${said(element)} is cut off at its side`);
  }

  for (const { element, box } of found) {
    // Letters have room above and below them that close lines may share.
    const tight = 0.4 * parseFloat(getComputedStyle(element).fontSize);
    const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      if (!text.data.trim() || isHidden(text.parentElement)) continue;
      if (text.parentElement !== element && [text.parentElement, ...ancestors(text.parentElement, element)].some(clips)) continue;
      if (clips(element)) continue;
      const range = document.createRange();
      range.selectNodeContents(text);
      const written = range.getBoundingClientRect();
      if (written.left < box.left - SLACK_PX || written.right > box.right + SLACK_PX) problems.push(`${said(element)} is too narrow for its words`);
      else if (written.top < box.top - tight || written.bottom > box.bottom + tight) problems.push(`${said(element)} is too low for its words`);
    }
  }

  for (const element of top.querySelectorAll('p, dd')) {
    if (isHidden(element) || element.innerText.trim().length < LONG_CHARACTERS) continue;
    if (element.clientWidth < NARROWEST_EM * parseFloat(getComputedStyle(element).fontSize)) problems.push(`${said(element)} is squeezed to ${element.clientWidth} px`);
  }

  found.forEach((one, at) => {
    for (const other of found.slice(at + 1)) {
      if (one.layer !== other.layer || one.element.contains(other.element) || other.element.contains(one.element)) continue;
      const across = Math.min(one.rect.right, other.rect.right) - Math.max(one.rect.left, other.rect.left);
      const down = Math.min(one.rect.bottom, other.rect.bottom) - Math.max(one.rect.top, other.rect.top);
      if (across > SLACK_PX && down > SLACK_PX) problems.push(`${said(one.element)} and ${said(other.element)} overlap`);
    }
  });

  for (const { element, box } of found) {
    if (!element.matches('button, .button, input, select, textarea, summary, a[href]')) continue;
    // A link in a sentence is as high as its line; a box that is ticked is as large as its label.
    const target = (element.matches('[type="checkbox"], [type="radio"]') && element.closest('label')?.getBoundingClientRect()) || box;
    const more = Math.max(0, -parseFloat(getComputedStyle(element, '::after').top) || 0) * 2;
    const [width, height] = [target.width, target.height + more];
    const inSentence = element.localName === 'a' && !element.matches('.button') && getComputedStyle(element).display === 'inline';
    if (inSentence) continue;
    const least = element.matches(PRIMARY) || element.closest('.choice') ? FINGER_PX : SMALLEST_PX;
    if (Math.min(width, height) < least - 0.5) problems.push(`${said(element)} is ${Math.round(width)} × ${Math.round(height)} px, too small for a finger`);
  }

  return [...new Set(problems)];
}
