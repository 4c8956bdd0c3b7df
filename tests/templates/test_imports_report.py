"""Everything that can be wrong with a file has a sentence and a fix, in Slack and in a terminal."""

from domain.imports.problems import Problem, Reason
from domain.names import Locale
from templates.imports.report.layout import Counts, Report, lines, problem_line


def test_every_reason_says_what_is_wrong_and_how_to_put_it_right() -> None:
    for locale in Locale:
        said = {problem_line(Problem("f.csv", reason, 3, "amount", "x"), locale) for reason in Reason}
        assert len(said) == len(Reason)
        end = "." if locale is Locale.EN else "。"
        assert all(line.count(end) >= 2 for line in said)


def test_a_line_for_a_terminal() -> None:
    problem = Problem("orders.csv", Reason.NOT_A_NUMBER, 1204, "amount", "<b>*12*</b>")
    assert problem_line(problem, Locale.EN) == (
        "orders.csv, row 1,204, amount “<b>*12*</b>”: This is not a number. "
        "Write digits only, such as 1234.50."
    )
    assert problem_line(problem, Locale.ZH_HANT).startswith(
        "orders.csv，第 1,204 列，amount「<b>*12*</b>」：不是數字。"
    )


def test_the_whole_report_in_lines() -> None:
    done = Report((Counts("orders", 1204, 3, 60_855), Counts("people", 0, 0, 40)))
    assert lines(done, Locale.EN) == [
        "Imported.",
        "orders: 1,204 new, 3 changed, 60,855 unchanged",
        "people: 0 new, 0 changed, 40 unchanged",
    ]
    bad = Report(problems=(Problem("orders.csv", Reason.EMPTY),), more=2, written=False)
    assert lines(bad, Locale.ZH_HANS) == [
        "未导入：有 3 个问题，没有写入任何数据。",
        "orders.csv：里面没有数据。请确认要导入的工作表排在最前面，且表头下方有数据。",
        "另有 2 个同类问题",
    ]
