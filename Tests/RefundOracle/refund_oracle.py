#!/usr/bin/env python3
"""A second calculation of refunds, written apart from the first and by other means.

Reads one JSON object a line from standard input and compares every amount in it with its own:

* ``{"request": ..., "response": ...}``: a request and the answer to it, as the refund calculation takes and gives them;
* ``{"currency", "order", "policy", "steps"}``: the life of one order. A step is ``{"do": "return", "lines", "exchange",
  "units", "response"}``, ``{"do": "cancel", "step"}``, ``{"do": "succeed", "step"}`` or ``{"do": "fail", "step"}``, and
  this program keeps its own books of units, tenders and shipping from step to step.

A derivation in a response is evaluated as well. Prints every difference, then one line with the counts, and ends with
status 1 if there is a difference. Needs Python 3 and nothing else.

How it differs from the first calculation: a line is taken apart into its units, one by one, with the table of what has
been given up to each; money is held as fractions of the major unit; tenders are served cent by cent, each cent to the
tender that is furthest behind its exact share.
"""

import json
import sys
from fractions import Fraction

DIGITS = {"USD": 2, "EUR": 2, "JPY": 0, "KRW": 0, "KWD": 3, "BHD": 3}


def nearest(value, digits):
    """The value to so many digits; exactly between two it goes away from zero."""
    scale = 10**digits
    doubled = abs(value) * scale * 2
    units = (doubled.numerator + doubled.denominator) // (2 * doubled.denominator)
    return Fraction(units if value >= 0 else -units, scale)


def unit_table(total, quantity, digits):
    """What each unit of a line has of a total: entry n - 1 is unit n."""
    table, given = [], Fraction(0)
    for number in range(1, quantity + 1):
        reached = nearest(total * number / quantity, digits)
        table.append(reached - given)
        given = reached
    assert given == total
    return table


class Line:
    """An order line taken apart into units."""

    def __init__(self, form, included, digits):
        self.quantity = form["quantity"]
        worth = nearest(Fraction(form["unit_price"]) * self.quantity, digits) - Fraction(form["discount"])
        self.tax = Fraction(form["tax"])
        self.net = worth - self.tax if included else worth
        self.net_of = unit_table(self.net, self.quantity, digits)
        if included:
            self.tax_of = [g - n for g, n in zip(unit_table(worth, self.quantity, digits), self.net_of)]
        else:
            self.tax_of = unit_table(self.tax, self.quantity, digits)

    def parts(self, numbers):
        return sum(self.net_of[n - 1] for n in numbers), sum(self.tax_of[n - 1] for n in numbers)


class Order:
    """What was sold, and the books of what has been given back."""

    def __init__(self, form, digits):
        self.digits = digits
        self.lines = {line["id"]: Line(line, form["taxes_included"], digits) for line in form["lines"]}
        shipping = form["shipping"]
        self.shipping = Fraction(shipping["amount"]) + Fraction(shipping["tax"])
        self.shipping_tax = Fraction(shipping["tax"])
        self.shipping_gone = Fraction(shipping["refunded"])
        self.tenders = [(t["id"], t["kind"]) for t in form["tenders"]]
        self.room = [
            Fraction(t["captured"]) - Fraction(t["refunded"]) - Fraction(t["pending"]) for t in form["tenders"]
        ]
        self.held = {name: set() for name in self.lines}
        # Of those: what customers keep for a part of its price, which stays sold.
        self.sold = {name: set() for name in self.lines}

    def lowest_free(self, name, count):
        free = [n for n in range(1, self.lines[name].quantity + 1) if n not in self.held[name]]
        assert len(free) >= count, "more units than were sold"
        return free[:count]

    def take(self, returned, numbers):
        self.held[returned["line_id"]].update(numbers)
        if stays_sold(returned):
            self.sold[returned["line_id"]].update(numbers)

    def free(self, returned, numbers):
        self.held[returned["line_id"]].difference_update(numbers)
        self.sold[returned["line_id"]].difference_update(numbers)

    def given_back(self):
        return {name: held - self.sold[name] for name, held in self.held.items()}

    def net(self, held):
        return sum(self.lines[name].parts(numbers)[0] for name, numbers in held.items())


def percent(text):
    return Fraction(text) / 100


def line_amounts(order, policy, returned, numbers):
    line = order.lines[returned["line_id"]]
    net, tax = line.parts(numbers)
    if returned.get("kept"):
        # Nothing comes back: no grade, no fee; the share of net and of tax is the whole answer.
        share = percent(returned["kept"]["percent"])
        amount = nearest(net * share, order.digits) + nearest(tax * share, order.digits)
        return {
            "net": net, "tax": tax, "grade_deduction": Fraction(0), "kept_deduction": net + tax - amount,
            "restocking_fee": Fraction(0), "amount": amount}
    refunded = percent((policy.get("grades") or {}).get(returned.get("grade", "A"), "100"))
    deduction = net + tax - nearest(net * refunded, order.digits) - nearest(tax * refunded, order.digits)
    fee = Fraction(0)
    if not is_free(policy, returned):
        base = net + tax if policy.get("restocking_fee_base", "net") == "gross" else net
        fee = nearest(base * percent(policy.get("restocking_fee_percent", "0")), order.digits)
        if policy.get("restocking_fee_taxed", False) and line.net != 0:
            fee += nearest(fee * line.tax / line.net, order.digits)
        fee = min(fee, net + tax - deduction)
    return {
        "net": net, "tax": tax, "grade_deduction": deduction, "restocking_fee": fee,
        "amount": net + tax - deduction - fee}


def is_free(policy, returned):
    """Whether no fees are taken for a line that comes back."""
    return bool(returned.get("fees_waived_by")) or returned.get("reason") in policy.get("fee_waived_reasons", [])


def stays_sold(returned):
    return bool(returned.get("kept")) and percent(returned["kept"]["percent"]) != 1


def shipping_amount(order, policy, before, after, given):
    """`given` is what other returns hold of the shipping, or None where their share is meant."""
    rule = policy.get("original_shipping", "never")
    complete = all(len(after[name]) == line.quantity for name, line in order.lines.items())
    if rule == "never" or (rule == "full_return" and not complete):
        return Fraction(0)
    due = order.shipping
    if rule == "pro_rata":
        everything = order.net({name: range(1, line.quantity + 1) for name, line in order.lines.items()})

        def share(held):
            part = order.net(held) / everything if everything else Fraction(0)
            return nearest(order.shipping * part, order.digits)

        due = max(share(after) - (share(before) if given is None else given), Fraction(0))
    return min(due, max(order.shipping - order.shipping_gone, Fraction(0)))


def shipping_tax(order, refund):
    """What of a refund of shipping is tax: the share of what is left of it. None where there is none to tell."""
    if order.shipping_tax == 0 or refund == 0:
        return None
    left = order.shipping - order.shipping_gone
    tax = order.shipping_tax - nearest(order.shipping_gone * order.shipping_tax / order.shipping, order.digits)
    return nearest(refund * min(max(tax, Fraction(0)), left) / left, order.digits)


def in_proportion(total, room, digits):
    """One minor unit at a time to the tender that is furthest behind its exact share, among those with any room."""
    cent = Fraction(1, 10**digits)
    everything = sum(room)
    if total == 0 or everything == 0:
        return [Fraction(0)] * len(room)
    exact = [total * r / everything for r in room]
    # Whole units of the exact shares are never in dispute; serving starts from there.
    given = [(share // cent) * cent for share in exact]
    while sum(given) < total:
        behind = [share - got for share, got in zip(exact, given)]
        given[behind.index(max(behind))] += cent
    return given


def in_order(total, order, kinds):
    given, missing = [Fraction(0)] * len(order.room), total
    for wanted in list(dict.fromkeys(kinds)) + [None]:
        for index, (_, kind) in enumerate(order.tenders):
            if kind == wanted or (wanted is None and kind not in kinds):
                given[index] = min(missing, order.room[index])
                missing -= given[index]
    return given


def answer(order, policy, lines, exchange, given=None, units=None):
    """The figures of a return of these lines; also the unit numbers it takes."""
    books = [{name: set(numbers) for name, numbers in book.items()} for book in (order.held, order.sold)]
    before, figures, taken = order.given_back(), [], []
    for returned in lines:
        numbers = order.lowest_free(returned["line_id"], returned["quantity"])
        order.take(returned, numbers)
        taken.append(numbers)
        figures.append(line_amounts(order, policy, returned, numbers))
    after = order.given_back()
    order.held, order.sold = books
    shipping = shipping_amount(order, policy, before, after, given)
    parcel = [returned for returned in lines if not returned.get("kept")]
    free = all(is_free(policy, returned) for returned in parcel)
    label = Fraction(0) if free else Fraction(policy.get("return_shipping_fee", "0"))
    worth = sum(line["amount"] for line in figures) + shipping - label
    credit = max(worth, Fraction(0))
    swap = sum(Fraction(x["amount"]) + Fraction(x["tax"]) for x in exchange)
    wanted = credit - swap if credit > swap else Fraction(0)
    total = min(wanted, sum(order.room, Fraction(0)))
    rule = policy.get("tender_order", "proportional")
    tenders = in_proportion(total, order.room, order.digits) if isinstance(rule, str) else in_order(total, order, rule)
    return taken, {
        "shipping_refund_tax": shipping_tax(order, shipping), "lines": figures, "shipping_refund": shipping, "return_shipping_fee": label, "exchange_total": swap,
        "total": total, "unrecovered_fees": credit - worth, "capped": wanted - total,
        "amount_due": max(swap - credit, Fraction(0)), "tenders": tenders,
    }


# The derivation


def evaluate(derivation):
    """Every figure of a derivation, computed from its literals alone."""
    digits, known = derivation["digits"], {}

    def value(node):
        if "op" not in node:
            return Fraction(node["value"]) if "value" in node else known[node["figure"]]
        result = operate(node["op"], [value(operand) for operand in node["of"]], digits)
        if "figure" in node:
            assert node["figure"] not in known, "derived twice"
            assert Fraction(node["value"]) == result, "a figure states another value"
            known[node["figure"]] = result
        return result

    for figure in derivation["figures"]:
        value(figure)
    return known


def operate(name, values, digits):
    if name == "sum":
        return sum(values, Fraction(0))
    if name == "difference":
        return values[0] - sum(values[1:])
    if name == "product":
        result = Fraction(1)
        for value in values:
            result *= value
        return result
    if name == "share":
        return values[0] * values[1] / values[2] if values[2] else Fraction(0)
    if name == "round":
        return nearest(values[0], digits)
    if name == "least":
        return min(values)
    if name == "greatest":
        return max(values)
    if name == "largest_remainder":
        return in_proportion(values[1], values[2:], digits)[int(values[0])]
    raise AssertionError("unknown operation " + name)


# Comparing

SUMS = ["shipping_refund", "return_shipping_fee", "exchange_total", "total", "unrecovered_fees", "capped", "amount_due"]


class Comparison:
    def __init__(self):
        self.answers = self.amounts = self.differences = 0

    def expect(self, place, ours, theirs):
        self.amounts += 1
        if ours != theirs:
            self.differences += 1
            print(f"{place}: {theirs} where {ours} is right")

    def amount(self, place, ours, text, digits):
        whole, _, fraction = text.partition(".")
        if len(fraction) != digits:
            self.expect(place, f"an amount with {digits} digits after the point", text)
        self.expect(place, ours, Fraction(text))

    def response(self, place, ours, response, order):
        self.answers += 1
        digits = order.digits
        self.expect(place + " lines", len(ours["lines"]), len(response["lines"]))
        for index, (mine, line) in enumerate(zip(ours["lines"], response["lines"])):
            self.expect(f"{place} lines[{index}] has kept_deduction", "kept_deduction" in mine, "kept_deduction" in line)
            for field, right in mine.items():
                self.amount(f"{place} lines[{index}].{field}", right, line[field], digits)
        for field in SUMS:
            self.amount(f"{place} {field}", ours[field], response[field], digits)
        tax = ours["shipping_refund_tax"]
        self.expect(f"{place} has shipping_refund_tax", tax is not None, "shipping_refund_tax" in response)
        if tax is not None:
            self.amount(f"{place} shipping_refund_tax", tax, response["shipping_refund_tax"], digits)
        self.expect(place + " tenders", [t[0] for t in order.tenders], [t["id"] for t in response["tenders"]])
        for index, (right, tender) in enumerate(zip(ours["tenders"], response["tenders"])):
            self.amount(f"{place} tenders[{index}].amount", right, tender["amount"], digits)
        if response.get("derivation"):
            self.derivation(place, ours, evaluate(response["derivation"]))

    def derivation(self, place, ours, figures):
        for index, mine in enumerate(ours["lines"]):
            for field, right in mine.items():
                self.expect(f"{place} derived lines[{index}].{field}", right, figures[f"lines[{index}].{field}"])
        for field in SUMS:
            self.expect(f"{place} derived {field}", ours[field], figures[field])
        for index, right in enumerate(ours["tenders"]):
            self.expect(f"{place} derived tenders[{index}]", right, figures[f"tenders[{index}].amount"])


def compare_request(entry, place, comparison):
    request = entry["request"]
    order = Order(request["order"], DIGITS[request["currency"]])
    for returned in request.get("already_returned", []):
        numbers = order.lowest_free(returned["line_id"], returned["quantity"])
        order.take(returned, numbers)
    _, ours = answer(
        order, request.get("policy", {}), request["return"]["lines"], request.get("exchange", {}).get("lines", []))
    comparison.response(place, ours, entry["response"], order)


def compare_history(entry, place, comparison):
    order, returns = Order(entry["order"], DIGITS[entry["currency"]]), {}
    for number, step in enumerate(entry["steps"]):
        where = f"{place} step {number}"
        if step["do"] != "return":
            undo(order, returns, step)
            continue
        given = sum((r["shipping"] for r in returns.values()), Fraction(0))
        taken, ours = answer(order, entry["policy"], step["lines"], step.get("exchange", []), given)
        comparison.expect(where + " units", taken, step["units"])
        comparison.response(where, ours, step["response"], order)
        for returned, numbers in zip(step["lines"], taken):
            order.take(returned, numbers)
        order.room = [room - amount for room, amount in zip(order.room, ours["tenders"])]
        order.shipping_gone += ours["shipping_refund"]
        returns[number] = {
            "lines": step["lines"], "taken": taken, "shipping": ours["shipping_refund"], "tenders": ours["tenders"]}


def undo(order, returns, step):
    """A refund that succeeds changes nothing that was not reserved; one that fails, or a cancel, gives all back."""
    if step["do"] == "succeed":
        return
    ended = returns.pop(step["step"])
    for returned, numbers in zip(ended["lines"], ended["taken"]):
        order.free(returned, numbers)
    order.room = [room + amount for room, amount in zip(order.room, ended["tenders"])]
    order.shipping_gone -= ended["shipping"]


def main():
    comparison, entries = Comparison(), 0
    for number, text in enumerate(sys.stdin, 1):
        if not text.strip():
            continue
        entry, entries = json.loads(text), entries + 1
        (compare_request if "request" in entry else compare_history)(entry, f"entry {number}", comparison)
    print(
        f"{entries} entries, {comparison.answers} answers, {comparison.amounts} amounts compared,"
        f" {comparison.differences} differences")
    return 1 if comparison.differences or not entries else 0


if __name__ == "__main__":
    sys.exit(main())
