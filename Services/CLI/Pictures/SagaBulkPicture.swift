/// A verb on many sagas, before and after.
enum SagaBulkPicture {
    static func preview(_ preview: SagaBulk.Preview, _ verb: String, _ words: String, _ style: Style) -> [String] {
        guard preview.matched > 0 else { return ["no saga with \(words)"] }
        let more = preview.matched - preview.sample.count
        return ["\(verb) would go to \(style(sagas(preview.matched), .strong)) with \(words):"]
            + preview.sample.map { "  \($0)" } + (more > 0 ? ["  and \(more) more"] : [])
            + [
                "nothing is done yet: add --yes to do it, or --expected \(preview.matched) to do it only while they are"
                    + " \(preview.matched)"
            ]
    }

    // LIMIT: refusals of one verb are much alike.
    private static let refusalsShown = 10

    static func result(_ result: SagaBulk.Result, _ verb: String, _ style: Style) -> [String] {
        var parts = [style("\(result.accepted) accepted", result.accepted > 0 ? .good : .plain)]
        if result.refused > 0 { parts.append(style("\(result.refused) refused", .bad)) }
        if result.pending > 0 { parts.append(style("\(result.pending) not answered yet", .waiting)) }
        let refusals = result.refusals.prefix(refusalsShown).map { refusal in
            "  \(refusal.id)  \(style(SafeText.line("\(refusal.code): \(refusal.message)"), .bad))"
        }
        // The API itself tells no more than the first of a page.
        let untold = result.refused - refusals.count
        let more = untold > 0 ? ["  and \(untold) more refused"] : []
        return ["\(verb) sent to \(sagas(result.sent)): " + parts.joined(separator: ", ")] + refusals + more
    }

    private static func sagas(_ count: Int) -> String { count == 1 ? "1 saga" : "\(count) sagas" }
}
