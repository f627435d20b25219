package dev.weft.control.validate.rules;

import java.util.HashSet;
import java.util.Set;

/** How hosts are chosen. */
final class LoadBalancerRules {
    private static final long MAX_TABLE = 5_000_011;

    private LoadBalancerRules() {}

    static void check(Place balancer, Place outlier) {
        if (!balancer.present()) {
            return;
        }
        hash(balancer.get("consistentHash"));
        Place locality = balancer.get("localityLbSetting");
        Place zone = balancer.get("zoneAwareLbSetting");
        if (locality.present() && zone.present()) {
            zone.error("localityLbSetting and zoneAwareLbSetting exclude each other");
        }
        LocalityRules.locality(locality, outlier.present());
        LocalityRules.zone(zone, outlier.present());
        warmup(balancer.get("warmup"));
    }

    private static void warmup(Place warmup) {
        if (!warmup.present()) {
            return;
        }
        if (!warmup.get("duration").present()) {
            warmup.get("duration").error("a duration was expected");
        }
        Values.duration(warmup.get("duration"));
        if (warmup.get("minimumPercent").number() > 100) {
            warmup.get("minimumPercent").error("at most 100 was expected");
        }
        if (warmup.get("aggression").present() && warmup.get("aggression").number() <= 0) {
            warmup.get("aggression").error("more than 0 was expected");
        }
    }

    private static void hash(Place hash) {
        if (!hash.present()) {
            return;
        }
        Place cookie = hash.get("httpCookie");
        if (cookie.present()) {
            cookie(cookie);
        }
        Place size = hash.get("minimumRingSize");
        if (size.number() != 0) {
            size.warning("is out of date; write ringHash.minimumRingSize");
            if (hash.get("ringHash").present() || hash.get("maglev").present()) {
                size.error("ringHash and maglev have a size of their own");
            }
        }
        if (hash.get("maglev").present()) {
            table(hash.get("maglev").get("tableSize"));
        }
    }

    private static void cookie(Place cookie) {
        if (cookie.get("name").text().isEmpty()) {
            cookie.get("name").error("the name of a cookie was expected");
        }
        Set<String> names = new HashSet<>();
        for (Place attribute : cookie.get("attributes").items()) {
            Place name = attribute.get("name");
            if (name.text().isEmpty()) {
                name.error("the name of an attribute was expected");
            } else if (!names.add(name.text())) {
                name.error("each attribute once was expected");
            }
        }
    }

    private static void table(Place size) {
        long number = (long) size.number();
        if (number >= MAX_TABLE || !prime(number)) {
            size.error("a prime number under " + MAX_TABLE + " was expected");
        }
    }

    /** Trial division is enough: what is asked for is bounded, see {@link #MAX_TABLE}. */
    private static boolean prime(long number) {
        if (number < 2) {
            return false;
        }
        for (long factor = 2; factor * factor <= number; factor++) {
            if (number % factor == 0) {
                return false;
            }
        }
        return true;
    }
}
