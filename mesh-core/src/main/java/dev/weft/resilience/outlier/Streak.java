package dev.weft.resilience.outlier;

import dev.weft.config.OutlierDetection;
import dev.weft.upstream.ErrorStreaks;

/** The kinds of consecutive errors. */
enum Streak {
    SERVER_ERROR("consecutive 5xx") {
        @Override
        int length(OutlierDetection settings) {
            return settings.consecutive5xx();
        }

        @Override
        int enforcing(OutlierDetection settings) {
            return settings.enforcingConsecutive5xx();
        }

        @Override
        void end(ErrorStreaks streaks) {
            streaks.endServerErrors();
        }
    },
    GATEWAY("consecutive gateway errors") {
        @Override
        int length(OutlierDetection settings) {
            return settings.consecutiveGatewayFailure();
        }

        @Override
        int enforcing(OutlierDetection settings) {
            return settings.enforcingConsecutiveGatewayFailure();
        }

        @Override
        void end(ErrorStreaks streaks) {
            streaks.endGatewayErrors();
        }
    },
    LOCAL_ORIGIN("consecutive connection failures or timeouts") {
        @Override
        int length(OutlierDetection settings) {
            return settings.consecutiveLocalOriginFailure();
        }

        @Override
        int enforcing(OutlierDetection settings) {
            return settings.enforcingConsecutiveLocalOriginFailure();
        }

        @Override
        void end(ErrorStreaks streaks) {
            streaks.endLocalErrors();
        }
    };

    final String words;

    Streak(String words) {
        this.words = words;
    }

    /** How many make a case. */
    abstract int length(OutlierDetection settings);

    /** In how many of 100 cases something is done about it. */
    abstract int enforcing(OutlierDetection settings);

    abstract void end(ErrorStreaks streaks);
}
