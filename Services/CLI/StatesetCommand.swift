import ArgumentParser

/// `stateset <noun> <verb>`.
struct StatesetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stateset",
        abstract: "Sets StateSet up and operates it.",
        discussion: """
            Set-up verbs (migrate, workspaces, keys, providers, topology, dev clock) talk to Postgres and the broker: \
            STATESET_POSTGRES_URL, STATESET_AMQP_URL, STATESET_SECRET_KEYS. The others talk to the API: \
            STATESET_API_URL, STATESET_API_KEY, STATESET_WORKSPACE. What is not set is taken from .stateset/dev.env of \
            this folder or one above it.
            """,
        groupedSubcommands: [
            CommandGroup(
                name: "Operating",
                subcommands: [
                    OrdersCommand.self, ReturnsCommand.self, RefundsCommand.self, WarrantiesCommand.self,
                    RegistrationsCommand.self, TicketsCommand.self, EmailsCommand.self, SagasCommand.self,
                    AlertsCommand.self, ReceivedCommand.self, DeadLettersCommand.self, AuditCommand.self,
                    SchedulesCommand.self, WebhooksCommand.self, DeliveriesCommand.self,
                ]),
            CommandGroup(
                name: "Setting up",
                subcommands: [
                    MigrateCommand.self, WorkspacesCommand.self, KeysCommand.self, ProvidersCommand.self,
                    TopologyCommand.self, NotificationsCommand.self,
                ]),
            CommandGroup(name: "Developing", subcommands: [DevCommand.self]),
        ])
}
