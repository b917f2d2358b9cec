/// What would be undone, in the order in which it would be: the last result first.
enum SagaUndoPicture {
    static func lines(_ saga: SagaModel, _ style: Style) -> [String] {
        let open = recorded(saga)
        guard !open.isEmpty else { return past(saga, style) }
        let title = saga.compensation == nil ? "a cancel would undo" : "still to be undone"
        return SagaPicture.section(
            title,
            open.enumerated().map { position, step in
                "\(style("\(position + 1).", .quiet)) \(step.undo?.name ?? "") \(style("of \(step.path)", .quiet))"
            }.map { "  " + $0 })
    }

    /// Steps whose undo is recorded and not yet begun. Losers of a race are undone whatever becomes of the saga.
    static func recorded(_ saga: SagaModel) -> [SagaModel.Step] {
        let steps = saga.steps.enumerated().filter { $0.element.undo?.status == "recorded" && !$0.element.isLost }
        return steps.sorted { ($0.element.seq ?? $0.offset) > ($1.element.seq ?? $1.offset) }.map(\.element)
    }

    private static func past(_ saga: SagaModel, _ style: Style) -> [String] {
        guard saga.pivoted == true, saga.allowed?.isEmpty == false else { return [] }
        return ["", style("  past its pivot: nothing is undone any more, it only goes forward", .quiet)]
    }
}
