"use strict";
// Everything of the page lives in this one name; each file below adds its part.
const TradeReport = {};
