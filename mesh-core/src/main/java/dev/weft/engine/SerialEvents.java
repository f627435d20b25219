package dev.weft.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Handles events from any thread one at a time, without locks and, when only one comes at a time, without allocation. The
 * thread that finds nobody at work handles its own event and then what others have left meanwhile; a thread that finds
 * somebody at work leaves its event and goes. So does an event reported from within a handler: it waits for its turn and the
 * handler is never entered twice.
 */
abstract class SerialEvents {

    /** What can happen to an exchange. */
    enum Kind {
        START,
        WAKE,
        CANCEL,
        WITHDRAW,
        CONFIGURED,
        NOT_REPLAYABLE,
        REQUEST_COMPLETE,
        CONNECTED,
        HEADERS,
        FAILED,
        CLOSED
    }

    private static final VarHandle INBOX;

    static {
        try {
            INBOX = MethodHandles.lookup().findVarHandle(SerialEvents.class, "inbox", Event.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Marks: somebody is at work, nothing is waiting. */
    private static final Event AT_WORK = new Event(Kind.WAKE, null, null, null);

    // Null: idle. AT_WORK, or a stack of waiting events, newest first: somebody is at work. Written by everybody
    // through
    // INBOX; its release by one worker and acquisition by the next order all plain fields of the subclass.
    private volatile @Nullable Event inbox;

    /** Something happened to the exchange. */
    final void submit(Kind kind) {
        submit(kind, null, null, null);
    }

    /** Something happened to one of its attempts. */
    final void submit(Kind kind, @Nullable OutboundAttempt attempt, @Nullable Object what, @Nullable Throwable cause) {
        Event mine = null;
        while (true) {
            if (INBOX.compareAndSet(this, (Event) null, AT_WORK)) {
                dispatch(kind, attempt, what, cause);
                dispatchWaiting();
                return;
            }
            Event newest = inbox;
            if (newest != null) {
                if (mine == null) {
                    mine = new Event(kind, attempt, what, cause);
                }
                mine.earlier = newest == AT_WORK ? null : newest;
                if (INBOX.compareAndSet(this, newest, mine)) {
                    return;
                }
            }
        }
    }

    private void dispatchWaiting() {
        while (!INBOX.compareAndSet(this, AT_WORK, (Event) null)) {
            Event newest = (Event) INBOX.getAndSet(this, AT_WORK);
            for (Event next = oldestFirst(newest); next != null; next = next.earlier) {
                dispatch(next.kind, next.attempt, next.what, next.cause);
            }
        }
    }

    private void dispatch(
            Kind kind, @Nullable OutboundAttempt attempt, @Nullable Object what, @Nullable Throwable cause) {
        // What escaped here would leave the mark standing and every later event waiting for ever.
        try {
            if (attempt == null) {
                handle(kind);
            } else {
                handle(kind, attempt, what, cause);
            }
        } catch (RuntimeException | Error e) {
            handleDefect(e);
        }
    }

    private static @Nullable Event oldestFirst(Event newest) {
        Event reversed = null;
        Event event = newest;
        while (event != null) {
            Event earlier = event.earlier;
            event.earlier = reversed;
            reversed = event;
            event = earlier;
        }
        return reversed;
    }

    /** Makes what handlers have written visible to the calling thread, up to the last one that has left. */
    final void acquire() {
        INBOX.getAcquire(this);
    }

    /** One event of the exchange. */
    abstract void handle(Kind kind);

    /** One event of an attempt. */
    abstract void handle(Kind kind, OutboundAttempt attempt, @Nullable Object what, @Nullable Throwable cause);

    /** A handler, or a command that it gave, has thrown. Must not throw. */
    abstract void handleDefect(Throwable defect);

    private static final class Event {
        final Kind kind;
        final @Nullable OutboundAttempt attempt;
        final @Nullable Object what;
        final @Nullable Throwable cause;

        // Written by its producer before it is published, then only by the worker that took it.
        @Nullable
        Event earlier;

        Event(Kind kind, @Nullable OutboundAttempt attempt, @Nullable Object what, @Nullable Throwable cause) {
            this.kind = kind;
            this.attempt = attempt;
            this.what = what;
            this.cause = cause;
        }
    }
}
