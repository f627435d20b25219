package dev.weft.upstream;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * How many errors of each kind a host has shown in a row. Written by whoever sees an outcome, from any thread; a success costs
 * three reads and no write unless it ends a streak.
 */
public final class ErrorStreaks {
    private static final AtomicIntegerFieldUpdater<ErrorStreaks> SERVER_ERRORS =
            AtomicIntegerFieldUpdater.newUpdater(ErrorStreaks.class, "serverErrors");
    private static final AtomicIntegerFieldUpdater<ErrorStreaks> GATEWAY_ERRORS =
            AtomicIntegerFieldUpdater.newUpdater(ErrorStreaks.class, "gatewayErrors");
    private static final AtomicIntegerFieldUpdater<ErrorStreaks> LOCAL_ERRORS =
            AtomicIntegerFieldUpdater.newUpdater(ErrorStreaks.class, "localErrors");

    private volatile int serverErrors;
    private volatile int gatewayErrors;
    private volatile int localErrors;

    /** One more answer with status 500 or above. Returns the length of the streak. */
    public int serverError() {
        return SERVER_ERRORS.incrementAndGet(this);
    }

    /** One more 502, 503 or 504. Returns the length of the streak. */
    public int gatewayError() {
        return GATEWAY_ERRORS.incrementAndGet(this);
    }

    /** One more failure on this side of the wire: no connection, reset, timeout. Returns the length of the streak. */
    public int localError() {
        return LOCAL_ERRORS.incrementAndGet(this);
    }

    public void endServerErrors() {
        if (serverErrors != 0) {
            serverErrors = 0;
        }
    }

    public void endGatewayErrors() {
        if (gatewayErrors != 0) {
            gatewayErrors = 0;
        }
    }

    public void endLocalErrors() {
        if (localErrors != 0) {
            localErrors = 0;
        }
    }

    /** Starts clean, as after an ejection. */
    public void endAll() {
        endServerErrors();
        endGatewayErrors();
        endLocalErrors();
    }
}
