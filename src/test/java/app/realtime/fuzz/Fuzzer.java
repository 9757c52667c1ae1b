package app.realtime.fuzz;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends its share of inputs over connections of its own, and judges every answer. For one thread. */
final class Fuzzer implements Callable<Void> {

    /** Session ids that were given out, none of which may be found in a log. Thread-safe. */
    static final Set<String> SESSION_IDS = ConcurrentHashMap.newKeySet();

    private static final int PATIENCE_MILLIS = 15_000;
    /** For what may leave the server waiting for more of it. */
    private static final int SHORT_MILLIS = 120;

    private static final Pattern SID = Pattern.compile("\"sid\":\"([^\"]+)\"");

    private final int port;
    private final int share;
    private final Findings findings;
    private final Chance chance;
    private final Corpus corpus;
    private final Frames frames;
    private final RequestGrammar requests;
    private final HttpConnection http;
    private int sent;

    Fuzzer(int port, long seed, int share, Findings findings) {
        this.port = port;
        this.share = share;
        this.findings = findings;
        this.chance = new Chance(seed);
        this.corpus = new Corpus(chance);
        this.frames = new Frames(chance, corpus);
        this.requests = new RequestGrammar(chance, corpus);
        this.http = new HttpConnection(port);
    }

    @Override
    public Void call() throws IOException {
        try (http) {
            while (sent < share) {
                int before = sent;
                switch (chance.below(10)) {
                    case 0, 1, 2, 3 -> bodies();
                    case 4, 5 -> requests();
                    case 6, 7, 8 -> webSocket();
                    default -> upgrade();
                }
                findings.sent(sent - before);
            }
        }
        return null;
    }

    /** Bodies for one session, until it has ended. */
    private void bodies() {
        int revision = chance.between(3, 4);
        Optional<String> sid = session(revision);
        if (sid.isEmpty()) {
            return;
        }
        for (int i = chance.between(2, 8); i > 0; i--) {
            sent++;
            Optional<HttpAnswer> answer = post(revision, sid.get(), corpus.body(revision));
            if (answer.isEmpty() || answer.get().status() == 400) {
                break;
            }
        }
        switch (chance.below(3)) {
            case 0 -> exchange(RequestGrammar.ofSession("GET", revision, sid.get(), "", new byte[0]), false, 30, true);
            case 1 -> post(revision, sid.get(), Chance.utf8(revision == 3 ? "1:1" : "1"));
            // The heartbeat will end it.
            default -> {}
        }
    }

    /** Requests, some with the id of a session. */
    private void requests() {
        String sid = session(chance.between(3, 4)).orElse("unknown");
        for (int i = chance.between(4, 12); i > 0; i--) {
            RequestGrammar.Request request = requests.request(sid);
            sent++;
            // It may be a poll, which waits.
            exchange(request.bytes(), request.head(), SHORT_MILLIS, true);
        }
    }

    private void webSocket() throws IOException {
        int revision = chance.between(3, 4);
        RawSocket.Opening opening =
                open("?EIO=" + revision + "&transport=websocket" + (chance.percent(10) ? "&b64=1" : ""));
        if (opening.socket().isPresent()) {
            try (RawSocket socket = opening.socket().get()) {
                if (chance.percent(75)) {
                    socket.send(Frames.text("40"));
                }
                frames(socket);
            }
        }
    }

    /** A session that polls, and is offered a websocket or several. */
    private void upgrade() throws IOException {
        int revision = chance.between(3, 4);
        Optional<String> sid = session(revision);
        if (sid.isEmpty()) {
            return;
        }
        for (int i = chance.between(1, 2); i > 0; i--) {
            RawSocket.Opening opening = open("?EIO=" + revision + "&transport=websocket&sid=" + sid.get());
            if (opening.socket().isPresent()) {
                try (RawSocket socket = opening.socket().get()) {
                    if (chance.percent(70)) {
                        socket.send(Frames.text("2probe"));
                    }
                    if (chance.percent(50)) {
                        sent++;
                        post(revision, sid.get(), corpus.body(revision));
                    }
                    if (chance.percent(50)) {
                        exchange(
                                RequestGrammar.ofSession("GET", revision, sid.get(), "", new byte[0]), false, 30, true);
                    }
                    if (chance.percent(50)) {
                        socket.send(Frames.text("5"));
                    }
                    frames(socket);
                }
            }
        }
    }

    private void frames(RawSocket socket) {
        for (int i = chance.between(1, 8); i > 0 && !socket.isOver(); i--) {
            byte[] input = frames.next();
            sent++;
            try {
                socket.send(input);
                socket.send(Frames.ping());
                if (!socket.readToPong(SHORT_MILLIS)) {
                    // It waits for the rest of a frame.
                    return;
                }
            } catch (HttpConnection.Malformed e) {
                findings.add("On a websocket: " + e.getMessage(), input);
                return;
            }
        }
    }

    private RawSocket.Opening open(String query) throws IOException {
        try {
            RawSocket.Opening opening = RawSocket.open(port, query);
            opening.refusal()
                    .flatMap(answer -> Rules.broken(answer, false))
                    .ifPresent(what -> findings.add(what, Chance.utf8(query)));
            return opening;
        } catch (HttpConnection.Malformed e) {
            findings.add("To a websocket's handshake: " + e.getMessage(), Chance.utf8(query));
            return new RawSocket.Opening(Optional.empty(), Optional.empty());
        }
    }

    private Optional<String> session(int revision) {
        Optional<String> sid = exchange(
                        RequestGrammar.handshake(revision, chance.percent(20)), false, PATIENCE_MILLIS, false)
                .flatMap(answer -> {
                    Matcher matcher = SID.matcher(answer.text());
                    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
                });
        sid.ifPresent(SESSION_IDS::add);
        // A client of revision 3 is connected without asking.
        sid.filter(id -> revision == 4 && chance.percent(75)).ifPresent(id -> post(revision, id, Chance.utf8("40")));
        return sid;
    }

    private Optional<HttpAnswer> post(int revision, String sid, byte[] body) {
        String type = chance.percent(revision == 3 ? 40 : 3) ? "application/octet-stream" : "text/plain;charset=UTF-8";
        return exchange(RequestGrammar.ofSession("POST", revision, sid, type, body), false, PATIENCE_MILLIS, false);
    }

    /** @param mayWait whether no answer at all is in order: a poll that waits, or a body that is too short */
    private Optional<HttpAnswer> exchange(byte[] request, boolean head, int millis, boolean mayWait) {
        try {
            Optional<HttpAnswer> answer = http.exchange(request, head, millis);
            if (answer.isEmpty() && !mayWait) {
                findings.add("no answer", request);
            }
            answer.flatMap(found -> Rules.broken(found, head)).ifPresent(what -> findings.add(what, request));
            return answer;
        } catch (HttpConnection.Malformed e) {
            findings.add("no HTTP: " + e.getMessage(), request);
            return Optional.empty();
        }
    }
}
