package dev.weft.control.explain;

import dev.weft.config.MeshSnapshot;
import dev.weft.config.SnapshotSource;
import dev.weft.control.ads.View;
import dev.weft.control.catalog.Catalog;
import dev.weft.control.registry.Registry;
import dev.weft.control.store.ConfigSnapshot;
import dev.weft.control.store.ConfigStore;
import dev.weft.control.translate.Translator;
import dev.weft.engine.Explanation;
import dev.weft.engine.OutboundEngine;
import dev.weft.request.RequestHead;
import dev.weft.route.RouteDecision;
import dev.weft.route.Router;
import dev.weft.runtime.Randomness;
import dev.weft.runtime.Ticker;
import dev.weft.runtime.Timer;
import dev.weft.runtime.World;
import dev.weft.telemetry.MeshObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** A mesh without processes: what a client would know, and what it would decide. */
public final class OfflineMesh {
    /** Always the first choice of several: an explanation names them all, and is the same each time. */
    private static final Randomness FIRST = new Randomness() {
        @Override
        public int nextInt(int bound) {
            return 0;
        }

        @Override
        public long nextLong() {
            return 0;
        }
    };

    private final ConfigSnapshot config;

    public OfflineMesh(ConfigSnapshot config) {
        this.config = config;
    }

    /** What a client of that kind would decide about the request, and why. */
    public Explained explain(Asker asker, RequestHead head) {
        Presumed presumed = new Presumed(config.config());
        Registry registry = presumed.registry(head.port());
        try (Translator translator = new Translator(ConfigStore.of(config.config(), config.mesh()), registry)) {
            Loaded loaded = load(translator.view(asker.node()), head);
            OutboundEngine engine =
                    new OutboundEngine(new World(Ticker.system(), Timer.system(), FIRST), new MeshObserver() {});
            engine.follow(SnapshotSource.of(loaded.snapshot));
            Explanation told = engine.explain(head);
            List<String> notes = new ArrayList<>();
            for (String host : presumed.hosts()) {
                if (loaded.names.stream().anyMatch(name -> name.contains(host))) {
                    notes.add(host + " is declared nowhere; it is presumed to be registered, on port " + head.port()
                            + ", labelled app: " + host.substring(0, host.indexOf('.')));
                }
            }
            Catalog catalog = Catalog.of(config, registry.snapshot(), null);
            List<Explained.ServerShown> servers = servers(new Arrivals(catalog, translator, asker), loaded);
            return new Explanations(asker, head, loaded.snapshot, servers, notes, translator.problems())
                    .of(loaded.decision, told);
        }
    }

    private static List<Explained.ServerShown> servers(Arrivals arrivals, Loaded loaded) {
        if (!(loaded.decision instanceof RouteDecision.Forward forward)) {
            return List.of();
        }
        return forward.action().clusters().stream()
                .flatMap(choice -> arrivals.at(choice.cluster(), loaded.snapshot, forward.head()).stream())
                .distinct()
                .toList();
    }

    /** @param names of the resources that the decision rests on */
    private record Loaded(MeshSnapshot snapshot, RouteDecision decision, TreeSet<String> names) {}

    /** As a client does: first the index of names, then what the name of the request leads to. */
    private static Loaded load(View view, RequestHead head) {
        ClientSide client = new ClientSide(view);
        MeshSnapshot snapshot = client.snapshot();
        TreeSet<String> names = new TreeSet<>();
        RouteDecision decision = Router.compile(snapshot, null).route(head, FIRST);
        if (decision instanceof RouteDecision.NotLoaded wanted) {
            names.addAll(client.load(wanted.host().name()));
            snapshot = client.snapshot();
            decision = Router.compile(snapshot, null).route(head, FIRST);
        }
        return new Loaded(snapshot, decision, names);
    }
}
