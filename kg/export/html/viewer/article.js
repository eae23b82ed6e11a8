"use strict";
// An article as it was read, its facts underlined where they stand.
