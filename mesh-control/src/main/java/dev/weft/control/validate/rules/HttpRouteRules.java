package dev.weft.control.validate.rules;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A rule of {@code http}: one action, with conditions and changes that fit it. */
final class HttpRouteRules {
    private static final int MAX_BODY = 1024 * 1024;
    private static final int LARGE_BODY = 100 * 1024;

    private HttpRouteRules() {}

    static void check(Place route, boolean delegate) {
        actions(route, delegate);
        HttpMatchRules.check(route);
        HeaderRules.operations(route.get("headers"));
        CorsRules.check(route.get("corsPolicy"));
        FaultRules.check(route.get("fault"));
        mirrors(route);
        redirect(route.get("redirect"), route.get("match").items());
        reply(route.get("directResponse"));
        RetryRules.check(route.get("retries"));
        rewrite(route.get("rewrite"));
        HeaderRules.oneAuthority(route.get("rewrite"), route.get("headers"));
        HttpDestinations.weighted(route.get("route"));
        Values.duration(route.get("timeout"));
    }

    private static void actions(Place route, boolean delegate) {
        boolean forwards = !route.get("route").items().isEmpty();
        Place next = route.get("delegate");
        if (next.present() && delegate) {
            next.error("a delegate cannot delegate further");
        } else if (next.present()) {
            Stream.of("redirect", "route")
                    .map(route::get)
                    .filter(Place::present)
                    .forEach(other -> other.error("a rule that delegates has no action of its own"));
            return;
        }
        List<Place> answers = Stream.of("redirect", "directResponse")
                .map(route::get)
                .filter(Place::present)
                .toList();
        if (answers.isEmpty() && !forwards) {
            route.error("route, redirect or directResponse was expected");
        } else if (!answers.isEmpty()) {
            Place answer = answers.get(0);
            if (answers.size() > 1) {
                answers.get(1).error("only one of redirect and directResponse may be written");
            }
            if (forwards) {
                answer.error("a rule either forwards (route) or answers");
            }
            Stream.of("fault", "rewrite")
                    .map(route::get)
                    .filter(Place::present)
                    .forEach(other -> other.error("a rule that answers by itself has none"));
        }
    }

    private static void mirrors(Place route) {
        Place percent = route.get("mirrorPercent");
        if (percent.present()) {
            percent.warning("is out of date; write mirrorPercentage");
            Values.percent(percent);
        }
        Values.percent(route.get("mirrorPercentage").get("value"));
        HttpDestinations.destination(route.get("mirror"));
        List<Place> mirrors = route.get("mirrors").items();
        if (route.get("mirror").present() && !mirrors.isEmpty()) {
            route.get("mirrors").error("only one of mirror and mirrors may be written");
        }
        for (Place mirror : mirrors) {
            if (!mirror.get("destination").present()) {
                mirror.get("destination").error("a destination was expected");
            }
            HttpDestinations.destination(mirror.get("destination"));
            Values.percent(mirror.get("percentage").get("value"));
        }
    }

    private static void redirect(Place redirect, List<Place> matches) {
        if (!redirect.present()) {
            return;
        }
        boolean prefix = redirect.get("prefixRewrite").filled();
        if (prefix && redirect.get("uri").filled()) {
            redirect.get("prefixRewrite").error("only one of uri and prefixRewrite may be written");
        } else if (prefix && matches.stream().anyMatch(HttpRouteRules::otherThanPrefix)) {
            redirect.get("prefixRewrite").error("uri.prefix was expected in each match");
        }
        boolean port =
                redirect.get("port").present() || redirect.get("derivePort").present();
        if (!port
                && Stream.of("uri", "prefixRewrite", "authority", "scheme")
                        .noneMatch(name -> redirect.get(name).filled())) {
            redirect.error("uri, prefixRewrite, authority, scheme or port was expected");
        }
        Place code = redirect.get("redirectCode");
        if (code.number() != 0 && (code.number() < 300 || code.number() > 399)) {
            code.error("a status from 300 to 399 was expected");
        }
        if (!Set.of("", "http", "https").contains(redirect.get("scheme").text())) {
            redirect.get("scheme").error("http or https was expected");
        }
        if (redirect.get("port").number() > 0) {
            Values.port(redirect.get("port"));
        }
    }

    private static boolean otherThanPrefix(Place match) {
        return match.get("uri").present() && !match.get("uri").get("prefix").present();
    }

    private static void reply(Place reply) {
        if (!reply.present()) {
            return;
        }
        Place text = reply.get("body").get("string");
        Place bytes = reply.get("body").get("bytes");
        long size = text.present()
                ? text.text().getBytes(StandardCharsets.UTF_8).length
                : bytes.text().length() * 3L / 4;
        if (size > MAX_BODY) {
            reply.get("body").error("at most 1 MiB was expected");
        } else if (size > LARGE_BODY) {
            reply.get("body").warning("every client of the host holds these " + size + " bytes");
        }
        FaultRules.status(reply.get("status"));
    }

    private static void rewrite(Place rewrite) {
        if (!rewrite.present()) {
            return;
        }
        Place regex = rewrite.get("uriRegexRewrite");
        if (rewrite.get("uri").filled() && regex.present()) {
            regex.error("only one of uri and uriRegexRewrite may be written");
        } else if (!rewrite.get("uri").filled()
                && !regex.present()
                && !rewrite.get("authority").filled()) {
            rewrite.error("uri, uriRegexRewrite or authority was expected");
        }
        if (regex.present()) {
            if (!regex.get("rewrite").filled()) {
                regex.get("rewrite").error("what to put in place of the match was expected");
            }
            regex.get("match").error(Values.regex(regex.get("match").text()));
        }
    }
}
