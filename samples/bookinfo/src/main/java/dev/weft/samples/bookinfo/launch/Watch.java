package dev.weft.samples.bookinfo.launch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code run} without {@code --check}: shows who answers until somebody has seen enough. */
final class Watch {
    private final Bookinfo bookinfo;
    private final LiveDirectory live;
    private final Screen screen;
    private final RecentVisits visits = new RecentVisits(5_000_000_000L);
    /** Complaints that were said where nothing is redrawn. */
    private int told;

    private String playing = Scene.ALL_V1.words();

    Watch(Bookinfo bookinfo, LiveDirectory live, Screen screen) {
        this.bookinfo = bookinfo;
        this.live = live;
        this.screen = screen;
    }

    /** Returns when {@code q} is typed; Ctrl-C ends the process instead. */
    void run() throws InterruptedException {
        Keys keys = new Keys(System.in);
        int complaints = bookinfo.control().complaints().size();
        try (Trickle trickle = new Trickle(new Visitor(bookinfo::page), visits)) {
            while (true) {
                Optional<String> typed = keys.next(500);
                if (typed.isPresent() && typed.get().equals("q")) {
                    return;
                }
                typed.flatMap(Scene::ofKey).ifPresent(this::play);
                typed.filter(text -> !text.isBlank() && Scene.ofKey(text).isEmpty())
                        .ifPresent(text -> screen.say("1 to " + Scene.values().length + " play a scene, q stops"));
                show(complaints);
            }
        }
    }

    private void play(Scene scene) {
        try {
            live.play(scene);
            playing = scene.words();
        } catch (IOException e) {
            playing = "not changed: " + e;
        }
        if (!screen.isTerminal()) {
            screen.say("playing: " + playing);
        }
    }

    private void show(int complaintsBefore) {
        List<RecentVisits.Seen> seen = visits.since(System.nanoTime());
        List<String> complaints = bookinfo.control().complaints();
        List<String> fresh = complaints.subList(Math.min(complaintsBefore, complaints.size()), complaints.size());
        List<String> dead = bookinfo.dead();
        if (!screen.isTerminal()) {
            fresh.stream().skip(told).forEach(line -> screen.say("mesh-control: " + line));
            told = fresh.size();
            screen.now(WhoAnswered.line(seen) + (dead.isEmpty() ? "" : "   ended: " + dead));
            return;
        }
        List<String> lines = new ArrayList<>(WhoAnswered.lines(seen));
        lines.add("");
        lines.add("  last played: " + playing);
        fresh.subList(Math.max(0, fresh.size() - 3), fresh.size())
                .forEach(line -> lines.add("  mesh-control: " + line));
        dead.forEach(name -> lines.add("  ended: " + name));
        screen.draw(lines);
    }
}
