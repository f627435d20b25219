package dev.weft.spring.actuate;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.weft.config.Locality;
import dev.weft.engine.UpstreamView;
import dev.weft.upstream.HostView;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A cluster as Actuator shows it.
 *
 * @param port of the service, as callers write it
 * @param subset or empty
 * @param hosts how many there are
 * @param healthy how many of them may be chosen
 * @param ejected how many are out because of what they did
 * @param active attempts in flight
 * @param breaker open: the next attempt is refused, the limit is reached; else closed
 * @param live the hosts; null where only the cluster was asked for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record UpstreamDescription(
        String cluster,
        String host,
        int port,
        String subset,
        int hosts,
        int healthy,
        long ejected,
        int active,
        String breaker,
        @Nullable List<Live> live) {

    /**
     * One host.
     *
     * @param health as the control plane says
     * @param ejected why it is out, or null
     * @param backIn in ISO form, or null
     * @param locality region/zone/subzone; null if nobody said
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Live(
            String address,
            String health,
            @Nullable String ejected,
            @Nullable String backIn,
            int active,
            int priority,
            int weight,
            @Nullable String locality,
            Map<String, String> labels) {

        static Live of(HostView host) {
            return new Live(
                    host.address(),
                    host.health().name().toLowerCase(Locale.ROOT),
                    host.ejection(),
                    host.backIn() == null ? null : Seconds.of(host.backIn()),
                    host.active(),
                    host.priority(),
                    host.weight(),
                    place(host.locality()),
                    host.labels());
        }

        private static @Nullable String place(Locality locality) {
            String place = Stream.of(locality.region(), locality.zone(), locality.subZone())
                    .filter(part -> !part.isEmpty())
                    .collect(Collectors.joining("/"));
            return place.isEmpty() ? null : place;
        }
    }

    static UpstreamDescription of(UpstreamView view) {
        return of(view, null);
    }

    static UpstreamDescription withHosts(UpstreamView view) {
        return of(view, view.hosts().stream().map(Live::of).toList());
    }

    private static UpstreamDescription of(UpstreamView view, @Nullable List<Live> live) {
        return new UpstreamDescription(
                view.cluster(),
                view.service().host(),
                view.service().port(),
                view.service().subset(),
                view.hosts().size(),
                view.healthy(),
                view.ejected(),
                view.active(),
                view.full() ? "open" : "closed",
                live);
    }
}
