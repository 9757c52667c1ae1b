package app.realtime.clients;

/** The official Java client, on a thread of its own. Thread-safe. */
final class JavaRun implements ClientRun {

    private final Outcomes outcomes;
    private final JavaChecks checks;
    private final Thread thread;

    private JavaRun(Target target) {
        this.outcomes = new Outcomes("Java client over " + target.transports());
        this.checks = new JavaChecks(target, outcomes::ready);
        this.thread = new Thread(this::run, outcomes.client());
        this.thread.setDaemon(true);
    }

    static JavaRun start(Target target) {
        JavaRun run = new JavaRun(target);
        run.thread.start();
        return run;
    }

    private void run() {
        for (Check check : Check.values()) {
            try {
                checks.run(check);
                outcomes.passed(check);
            } catch (RuntimeException | AssertionError e) {
                outcomes.failed(check, e);
            }
        }
        outcomes.end("the checks have ended");
    }

    @Override
    public Outcomes outcomes() {
        return outcomes;
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
