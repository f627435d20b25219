/**
 * Where the configuration lives. In: a directory of Istio YAML and a mesh configuration file. Out: {@link
 * dev.weft.control.store.ConfigSnapshot}s, each a whole. A file that is broken is refused and its last good version stays in
 * force. One thread of the store's own watches and reads; snapshots are immutable and may be read by any thread.
 */
@NullMarked
package dev.weft.control.store;

import org.jspecify.annotations.NullMarked;
