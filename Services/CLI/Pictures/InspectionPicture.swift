/// What inspections of a return's goods said beside grade and match, as a person looks at it.
enum InspectionPicture {
    static func lines(_ goods: ReturnModel, _ style: Style) -> [String] {
        let found = (goods.inspections ?? []).flatMap { [""] + lines($0, of: goods, style) }
        return found + unanswered(goods, style)
    }

    private static func lines(
        _ inspection: ReturnModel.Inspection, of goods: ReturnModel, _ style: Style
    ) -> [String] {
        let sku = goods.lines.first { $0.lineID == inspection.lineID }?.sku ?? "line \(inspection.lineID)"
        let match = inspection.matched.map { $0 ? "as sold" : "not as sold" }
        let words = [
            "\(inspection.units.count) × \(sku)", inspection.grade.map { "grade \($0)" }, match,
        ].compactMap(\.self).joined(separator: ", ")
        let head =
            "  \(style("inspected", .quiet)) \(style(Moment.text(inspection.at), .quiet))  \(SafeText.line(words))  "
            + style(SafeText.line(inspection.actor), .quiet)
        let answers = inspection.checklist.map { item in
            let note = item.note.map { " (\($0))" } ?? ""
            let answer = item.passed ? style("yes", .good) + "  " : style("no", .bad) + "   "
            return "            \(answer)\(SafeText.line("\(item.id): \(item.text)\(note)"))"
        }
        let photos = inspection.photos.map { "            \(style("photo", .quiet))  \(SafeText.line($0))" }
        return [head] + answers + photos
    }

    private static func unanswered(_ goods: ReturnModel, _ style: Style) -> [String] {
        let open = goods.lines.compactMap { line -> String? in
            let count = (line.units ?? []).count { $0.checklist == "open" }
            guard count > 0 else { return nil }
            let units = SafeText.line("\(count) × \(line.sku)")
            return "  \(style("checklist", .quiet)) \(units)  \(style("not answered yet", .waiting))"
        }
        return open.isEmpty ? [] : [""] + open
    }
}
