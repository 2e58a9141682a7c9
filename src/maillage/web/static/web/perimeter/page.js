// What the page holds, and how to speak to those who read it.
export const composer = document.querySelector(".composer");
export const board = composer.querySelector(".board");
export const hint = document.querySelector("#carte-aide");
export const panel = () => document.querySelector("#etat");

const status = document.querySelector("#annonce");

/** Said aloud by screen readers. */
export const say = (text) => {
  status.textContent = text;
};

export const make = (tag, facts = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(facts)) element.setAttribute(name, value);
  element.append(...children);
  return element;
};
