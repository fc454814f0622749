"""How many posts a person may hold at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from cstools.language import Text, mark
from cstools.roster import parameters
from cstools.roster.rule import Breach, Place, Rule, View, parameter
from cstools.roster.scope import Scope

if TYPE_CHECKING:
    from cstools.roster.plan import Plan
    from cstools.roster.roster import Roster


@dataclass(frozen=True)
class Posts(Rule):
    """主旺旺, an online account, 值班经理, 值日: who has one is not given another (000-098, 003-071)."""

    label: ClassVar[str] = mark("posts a person")
    sentence: ClassVar[str] = mark("On a day a person holds at most {at_most} posts[[ of {posts}]].")
    view: ClassVar[View] = View.CELL

    at_most: int = parameter(mark("at most"), parameters.count, 1, (0, 1), eases=1)
    posts: tuple[str, ...] = parameter(mark("posts"), parameters.posts, (), ((), ("主旺旺",)))

    def build(self, plan: "Plan", scope: Scope) -> None:
        """On each shift no more than so many of its posts for one person."""
        problem = plan.problem
        for day in problem.days:
            for code in problem.shifts_on(day):
                posts = [post for post in problem.posts_on(day, code) if self._counts(post)]
                if len(posts) > self.at_most:
                    for person in scope.among(problem.people, day):
                        plan.at_most([plan.holds(person.number, day, code, post) for post in posts], self.at_most)

    def check(self, roster: "Roster", scope: Scope) -> Iterator[Breach]:
        """Each duty with too many posts."""
        for day in roster.problem.days:
            for duty in roster.of(day):
                person = roster.problem.person[duty.person]
                posts = [post for post in duty.posts if self._counts(post)]
                if len(posts) > self.at_most and scope.covers(person, day):
                    yield Breach(
                        Place((person.number,), (day,), (duty.shift,)),
                        Text(
                            "{name} holds {posts} on {day}, at most {most} of them are allowed",
                            name=person.name, posts=posts, day=day, most=self.at_most,
                        ),
                        len(posts) - self.at_most,
                    )  # fmt: skip

    def _counts(self, post: str) -> bool:
        return not self.posts or post in self.posts
