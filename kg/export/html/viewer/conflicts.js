"use strict";
// What does not fit together, both sides beside each other.
