import Testing

@testable import SagaCoordinator

@Suite("Cron expressions")
struct CronExpressionTests {
    private func values(_ field: CronField, _ range: ClosedRange<Int>) -> [Int] { range.filter(field.contains) }

    @Test(
        "a field is a list of values, names, ranges and steps",
        arguments: [
            ("0", [0]), ("7,5,59", [5, 7, 59]), ("10-13", [10, 11, 12, 13]), ("10-20/4", [10, 14, 18]),
            ("*/15", [0, 15, 30, 45]), ("1,50-59/3,*/30", [0, 1, 30, 50, 53, 56, 59]),
        ])
    func minutes(text: String, expected: [Int]) throws {
        #expect(try values(CronExpression("\(text) * * * *").minute, 0...63) == expected)
    }

    @Test(
        "months and weekdays have names in any case, and Sunday is 0 and 7",
        arguments: [
            ("jan,Jul-SEP", "*", [1, 7, 8, 9], Array(0...6)), ("*", "mon-FRI", Array(1...12), Array(1...5)),
            ("*", "7", Array(1...12), [0]), ("*", "fri-sun", Array(1...12), [0, 5, 6]),
            ("*", "5-7", Array(1...12), [0, 5, 6]), ("*", "*/2", Array(1...12), [0, 2, 4, 6]),
            ("*", "sun-tue", Array(1...12), [0, 1, 2]),
        ])
    func names(months: String, weekdays: String, expectedMonths: [Int], expectedDays: [Int]) throws {
        let expression = try CronExpression("0 0 * \(months) \(weekdays)")
        #expect(values(expression.month, 0...63) == expectedMonths)
        #expect(values(expression.dayOfWeek, 0...63) == expectedDays)
    }

    @Test(
        "what is wrong is said with the field it is in",
        arguments: [
            ("* * * *", nil, "five fields"), ("* * * * * *", nil, "not 6"), ("", nil, "not 0"),
            ("60 * * * *", .minute, "'60' is not a number from 0 to 59"), ("* 24 * * *", .hour, "0 to 23"),
            ("* * 0 * *", .dayOfMonth, "1 to 31"), ("* * * 13 *", .month, "or a name such as 'jan'"),
            ("* * * * 8", .dayOfWeek, "0 to 7"), ("* * * * funday", .dayOfWeek, "'funday'"),
            ("5/15 * * * *", .minute, "a step follows a range or '*'"), ("*/0 * * * *", .minute, "from 1 to 60"),
            ("*/61 * * * *", .minute, "from 1 to 60"), ("30-10 * * * *", .minute, "ends before it begins"),
            ("1,,2 * * * *", .minute, "a value is missing"), ("? * * * *", .minute, "'?'"),
            ("1-2-3 * * * *", .minute, "'2-3'"), ("+5 * * * *", .minute, "'+5'"), ("-5 * * * *", .minute, "''"),
            ("99999999999999999999 * * * *", .minute, "is not a number"), ("٣ * * * *", .minute, "is not a number"),
            ("0 0 30 2 *", .dayOfMonth, "never"), ("0 0 31 apr,jun,sep,nov *", .dayOfMonth, "never"),
        ] as [(String, CronField.Kind?, String)])
    func refused(text: String, field: CronField.Kind?, words: String) {
        #expect {
            _ = try CronExpression(text)
        } throws: { error in
            guard let error = error as? CronError else { return false }
            return error.field == field && error.message.contains(words)
        }
    }

    @Test("one that is far too long is not read")
    func tooLong() {
        let text = Array(repeating: "1", count: 1000).joined(separator: ",") + " * * * *"
        #expect(throws: CronError(message: "a cron expression has at most 500 characters")) {
            _ = try CronExpression(text)
        }
    }

    @Test(
        "a day fits either restriction where there are two, else both",
        arguments: [
            // 13 March 2026 is a Friday, the 14th a Saturday, the 20th a Friday.
            ("0 0 13 * fri", [13, 20]), ("0 0 13 * *", [13]), ("0 0 * * fri", [13, 20]), ("0 0 */13 * sat", [14]),
            ("0 0 14 * */5", []), ("0 0 14,20 * */5", [20]),
        ])
    func days(text: String, expected: [Int]) throws {
        let expression = try CronExpression(text)
        let march = CivilDate(number: 20_513)
        #expect(march.year == 2026 && march.month == 3 && march.day == 1)
        let found = [13, 14, 20].filter { expression.contains(CivilDate(number: march.number + $0 - 1)) }
        #expect(found == expected)
    }

    @Test("dates count as the calendar does, for 400 years before and after")
    func calendar() {
        var (year, month, day) = (1570, 1, 1)
        let first = CivilDate(number: -146_097)
        #expect(first.year == year && first.month == month && first.day == day)
        for number in -146_097...146_097 {
            let date = CivilDate(number: number)
            guard date.year == year, date.month == month, date.day == day else {
                Issue.record("day \(number) is \(date), not \(year)-\(month)-\(day)")
                return
            }
            let isLeap = year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
            day += 1
            guard day > [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] else { continue }
            #expect(date.nextMonth == number + 1)
            (month, day) = (month + 1, 1)
            if month > 12 { (year, month) = (year + 1, 1) }
        }
    }
}
