import Messaging
import Postgres
import Schema

/// The participant's schema: the plumbing of every service, and the rows the effects are counted by.
enum BenchSchema {
    static let migrations = MigrationSet(
        schema: ServiceName.benchParticipant.schema,
        migrations: [
            Migration(
                1, "messaging",
                MessagingSchema.tables(
                    ServiceName.benchParticipant.schema, role: ServiceName.benchParticipant.role)),
            Migration(2, "effects_made", effectsMade),
            Migration(3, "gauges", MessagingSchema.gauges(ServiceName.benchParticipant.schema)),
            Migration(4, "owned_letters", MessagingSchema.ownedLetters(ServiceName.benchParticipant.schema)),
        ])

    /// No unique key: an effect made twice must be seen, not refused.
    private static let effectsMade = """
        CREATE TABLE bench_participant.effects_made (saga_id uuid NOT NULL, step integer NOT NULL);
        CREATE INDEX ON bench_participant.effects_made (saga_id, step);
        """
}
