"use strict";
// The time that facts tell of, with a brush to choose a part of it.
