import ArgumentParser

/// `stateset <noun> <verb>`.
struct StatesetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stateset",
        abstract: "Sets StateSet up and operates it.",
        discussion: """
            migrate, workspaces, keys, providers and dev clock talk to Postgres: STATESET_POSTGRES_URL, providers also \
            with STATESET_SECRET_KEYS. topology talks to the broker: STATESET_AMQP_URL. notifications preview and \
            providers describe need nothing. The others talk to the API: STATESET_API_URL, STATESET_API_KEY, \
            STATESET_WORKSPACE. What is not set is taken from .stateset/dev.env of this folder or one above it.
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
