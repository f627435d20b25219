/**
 * Who is running: instances that registered themselves, with their health. In come announcements, goodbyes and lost
 * connections from {@code ads}; out go immutable {@link dev.weft.control.registry.RegistrySnapshot}s to listeners (the
 * translator). Durable by one checksummed file, written on its own thread.
 *
 * <p>Writers may call from any thread and are served one at a time; listeners are called in order of revision, with the
 * registry's lock held, and must only take note.
 */
@NullMarked
package dev.weft.control.registry;

import org.jspecify.annotations.NullMarked;
