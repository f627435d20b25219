package dev.weft.control.translate;

import dev.weft.config.Locality;
import dev.weft.control.catalog.Places;
import dev.weft.control.catalog.Selectors;
import dev.weft.control.catalog.Workload;
import dev.weft.control.istio.TrafficPolicy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Arranges the places of a cluster for callers of one place: shares by place, or an order in which places are tried. */
final class Localities {
    private final Caller caller;
    private final TrafficPolicy traffic;
    private final TrafficPolicy.@Nullable Locality setting;

    Localities(Caller caller, TrafficPolicy traffic) {
        this.caller = caller;
        this.traffic = traffic;
        TrafficPolicy.Locality own =
                traffic.loadBalancer() == null ? null : traffic.loadBalancer().locality();
        setting = own == null ? caller.catalog().mesh().localityLbSetting() : own;
    }

    /**
     * Endpoints of one place.
     *
     * @param priority 0 is tried first
     * @param weight at least 1
     */
    record Group(Locality place, int priority, int weight, List<EndpointWriter.Member> members) {}

    private boolean disabled() {
        return setting != null && Boolean.FALSE.equals(setting.enabled());
    }

    /** Failover without eyes on the hosts would never take place. */
    private boolean fails() {
        return traffic.outlierDetection() != null && !disabled();
    }

    /** Whether places are chosen by weight before hosts. */
    boolean weighted() {
        return setting != null
                && !disabled()
                && (!setting.distribute().isEmpty()
                        || fails()
                                && (!setting.failover().isEmpty()
                                        || !setting.failoverPriority().isEmpty()));
    }

    List<Group> arrange(List<Group> groups) {
        Locality here = caller.client().locality();
        if (disabled()) {
            return groups;
        }
        if (setting != null && !setting.distribute().isEmpty()) {
            for (TrafficPolicy.Locality.Distribute rule : setting.distribute()) {
                if (Places.covers(rule.from(), here)) {
                    return distribute(groups, rule.to());
                }
            }
            return groups;
        }
        boolean byLabel = setting != null && !setting.failoverPriority().isEmpty();
        return fails() && (byLabel || !here.equals(Locality.NONE)) ? order(groups, here, byLabel) : groups;
    }

    /** A place that no share names gets nothing; a share over several places is divided by their weights. */
    private static List<Group> distribute(List<Group> groups, Map<String, Integer> shares) {
        List<Group> arranged = new ArrayList<>();
        for (Map.Entry<String, Integer> share : shares.entrySet()) {
            List<Group> covered = groups.stream()
                    .filter(group -> Places.covers(share.getKey(), group.place()))
                    .filter(group ->
                            arranged.stream().noneMatch(known -> known.place().equals(group.place())))
                    .toList();
            int total = covered.stream().mapToInt(Group::weight).sum();
            for (Group group : covered) {
                int weight = (int) Math.ceil((double) group.weight() * share.getValue() / total);
                if (weight > 0) {
                    arranged.add(new Group(group.place(), 0, weight, group.members()));
                }
            }
        }
        return arranged;
    }

    private List<Group> order(List<Group> groups, Locality here, boolean byLabel) {
        Map<Integer, List<Group>> ranked = new LinkedHashMap<>();
        TreeSet<Integer> ranks = new TreeSet<>();
        for (Group group : groups) {
            Map<Integer, List<EndpointWriter.Member>> parts = new LinkedHashMap<>();
            for (EndpointWriter.Member member : group.members()) {
                int rank = (byLabel ? labelRank(member.workload()) * 5 : 0) + placeRank(here, group.place());
                parts.computeIfAbsent(rank, key -> new ArrayList<>()).add(member);
            }
            parts.forEach((rank, members) -> {
                ranks.add(rank);
                int weight = members.stream()
                        .mapToInt(member -> member.workload().weight())
                        .sum();
                ranked.computeIfAbsent(rank, key -> new ArrayList<>())
                        .add(new Group(group.place(), 0, weight, members));
            });
        }
        List<Group> arranged = new ArrayList<>();
        int priority = 0;
        for (int rank : ranks) {
            for (Group group : ranked.getOrDefault(rank, List.of())) {
                arranged.add(new Group(group.place(), priority, group.weight(), group.members()));
            }
            priority++;
        }
        return arranged;
    }

    /** 0 same subzone, 1 same zone, 2 same region, 3 elsewhere, 4 elsewhere though another region was written to take over. */
    private int placeRank(Locality here, Locality there) {
        if (!here.region().equals(there.region())) {
            String wanted = setting == null ? null : setting.failover().get(here.region());
            return wanted == null || wanted.equals(there.region()) ? 3 : 4;
        }
        if (!here.zone().equals(there.zone())) {
            return 2;
        }
        return here.subZone().equals(there.subZone()) ? 0 : 1;
    }

    /** How many labels, from the end of the list, are needed no more: 0 when all agree. */
    private int labelRank(Workload workload) {
        List<String> labels = setting == null ? List.of() : setting.failoverPriority();
        int equal = 0;
        for (String label : labels) {
            String key = Selectors.key(label);
            String wanted = label.equals(key) ? caller.client().labels().get(key) : label.substring(key.length() + 1);
            if (wanted == null || !wanted.equals(workload.labels().get(key))) {
                break;
            }
            equal++;
        }
        return labels.size() - equal;
    }
}
