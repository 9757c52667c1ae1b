package app.realtime.ops;

import app.realtime.api.ClusterReport;
import app.realtime.api.ConnectionCounts;
import app.realtime.api.StatsSource.RoomCount;
import app.realtime.cluster.members.Member;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The figures of several instances, added up. Owned by one thread. */
final class ClusterFigures {

    private final List<InstanceFigures> all = new ArrayList<>();
    private final List<ClusterReport.Instance> instances = new ArrayList<>();

    void add(InstanceFigures figures) {
        all.add(figures);
    }

    /** @param self whether it is this instance */
    void add(Member member, boolean self, InstanceFigures figures) {
        add(figures);
        instances.add(new ClusterReport.Instance(
                member.id(),
                member.name(),
                self,
                figures.connections(),
                figures.users().size(),
                figures.rooms().size(),
                figures.events(),
                figures.uptime()));
    }

    List<ClusterReport.Instance> instances() {
        return instances;
    }

    ConnectionCounts connections() {
        return new ConnectionCounts(
                all.stream().mapToInt(one -> one.connections().authenticated()).sum(),
                all.stream().mapToInt(one -> one.connections().anonymous()).sum());
    }

    int uniqueUsers() {
        Set<String> users = new HashSet<>();
        all.forEach(one -> users.addAll(one.users()));
        return users.size();
    }

    /** The fullest first. */
    List<RoomCount> rooms() {
        Map<String, Integer> sums = new HashMap<>();
        all.forEach(one -> one.rooms().forEach((name, count) -> sums.merge(name, count, Integer::sum)));
        return sums.entrySet().stream()
                .map(room -> new RoomCount(room.getKey(), room.getValue()))
                .sorted(Comparator.comparingInt(RoomCount::connections)
                        .reversed()
                        .thenComparing(RoomCount::name))
                .toList();
    }
}
