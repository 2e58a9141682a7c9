// « Mon périmètre »: choose by click, touch, lasso or keyboard. The server says what a choice
// amounts to; without this script, search, lists and links do the same.
import { listen } from "./perimeter/choice.js";
import { startMap } from "./perimeter/map.js";
import { ask } from "./perimeter/places.js";

listen();
ask({}).then((ground) => {
  if (ground.layers.length) startMap(ground);
});
