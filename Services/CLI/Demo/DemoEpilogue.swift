/// What the demonstration ends with: how long it took, where to look, what to try.
enum DemoEpilogue {
    static func lines(
        _ result: DemoResult, _ returns: [DemoReturnProgress], _ environment: CLIEnvironment, _ style: Style
    ) -> [String] {
        let refunded = returns.first { $0.plan.ending == .refunded }
        let packages = result.orders.first { $0.order.packageCount > 1 }
        let simulators = environment.variables["STATESET_SIMULATORS_URL"] ?? ""
        let refused = result.orders.first { $0.order.ending == .refused }
        return [
            "",
            "First delivery \(style(DemoBoard.time(result.firstDelivery), .strong)) after its order was placed in the shop.",
            "",
            "Look at it:",
            "  \(cli(environment)) orders list",
            "  \(cli(environment)) orders show \(packages?.orderID ?? "ord_…")",
            "  \(cli(environment)) sagas show \(packages?.sagaID ?? "sag_…")",
            "  \(cli(environment)) returns show \(refunded?.returnID ?? "ret_…")",
            "  \(simulators)/_sim/gorgias/tickets/\(refunded?.ticketID ?? "…")/customer   what its customer sees of the ticket",
            "  \(simulators)/_sim/smtp/messages   every mail that was sent",
            "  \(simulators)/_sim/journal   every call the providers saw",
            "  \(environment.variables["STATESET_API_URL"] ?? "")/openapi.json",
            "",
            "Try next: the refusal is switched off now, so the order that was undone can go through:",
            "  \(cli(environment)) sagas restart \(refused?.sagaID ?? "sag_…") --reason 'the item is back'",
        ]
    }

    private static func cli(_ environment: CLIEnvironment) -> String {
        environment.variables["STATESET_CLI"] ?? "stateset"
    }
}
