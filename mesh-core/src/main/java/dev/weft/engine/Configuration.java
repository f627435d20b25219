package dev.weft.engine;

import dev.weft.config.MeshSnapshot;
import dev.weft.route.Router;

/** One snapshot made ready to serve. Immutable but for the live state that its destinations share with its successors. */
record Configuration(MeshSnapshot snapshot, Router router) {}
