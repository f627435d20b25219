package dev.weft.resilience.outlier;

import dev.weft.config.OutlierDetection;
import dev.weft.runtime.World;
import dev.weft.upstream.ErrorStreaks;
import dev.weft.upstream.Host;
import dev.weft.upstream.Upstream;
import org.jspecify.annotations.Nullable;

/**
 * Watches the hosts of one cluster for consecutive errors. Outcomes are counted on whatever thread they come; the error that
 * fills a streak hands the case to the timer's thread, so that no request waits while tables are rebuilt (a few more requests may
 * reach the host meanwhile, as with Envoy).
 */
public final class OutlierDetector {
    private static final int BAD_GATEWAY = 502;
    private static final int SERVICE_UNAVAILABLE = 503;
    private static final int GATEWAY_TIMEOUT = 504;

    private final World world;
    private final Ejections ejections;

    // Written by the control thread; read with every outcome. Null: nobody is watched.
    private volatile @Nullable OutlierDetection settings;

    public OutlierDetector(Upstream upstream, World world) {
        this.world = world;
        this.ejections = new Ejections(upstream, world);
    }

    /** From now on; null lets everybody back in. Control thread. */
    public void settings(@Nullable OutlierDetection newer) {
        settings = newer;
        ejections.settings(newer);
    }

    /**
     * A response came.
     *
     * @param status HTTP status, or what a gRPC status is worth as one
     */
    public void answered(Host host, int status) {
        OutlierDetection current = settings;
        if (current == null) {
            return;
        }
        if (current.splitExternalLocalOriginErrors()) {
            host.streaks().endLocalErrors();
        }
        judge(current, host, status);
    }

    /** No response came: the connection was refused or lost. */
    public void lost(Host host) {
        failed(host, SERVICE_UNAVAILABLE);
    }

    /** No response came in time. */
    public void timedOut(Host host) {
        failed(host, GATEWAY_TIMEOUT);
    }

    private void failed(Host host, int worth) {
        OutlierDetection current = settings;
        if (current == null) {
            return;
        }
        if (!current.splitExternalLocalOriginErrors()) {
            judge(current, host, worth);
        } else if (host.streaks().localError() == current.consecutiveLocalOriginFailure()) {
            hand(host, Streak.LOCAL_ORIGIN);
        }
    }

    private void judge(OutlierDetection current, Host host, int status) {
        ErrorStreaks streaks = host.streaks();
        if (status < 500) {
            streaks.endServerErrors();
            streaks.endGatewayErrors();
            return;
        }
        if (status >= BAD_GATEWAY && status <= GATEWAY_TIMEOUT) {
            if (streaks.gatewayError() == current.consecutiveGatewayFailure()) {
                hand(host, Streak.GATEWAY);
            }
        } else {
            streaks.endGatewayErrors();
        }
        if (streaks.serverError() == current.consecutive5xx()) {
            hand(host, Streak.SERVER_ERROR);
        }
    }

    private void hand(Host host, Streak streak) {
        world.timer().schedule(0, () -> ejections.decide(host, streak));
    }

    /** How many streaks were full when {@code maxEjectionPercent} allowed no further ejection. */
    public long overflows() {
        return ejections.overflows();
    }

    /** The cluster is gone: no more timers. */
    public void close() {
        settings(null);
    }
}
