"""One round under three rules and a veto, by mentor-match: `ask_mentor_match.py QUESTION ANSWER`, both JSON."""

import json
import operator
import sys
import time
from pathlib import Path

from matching.mentee import Mentee
from matching.mentor import Mentor
from matching.process import process_data
from matching.rules.rule import Disqualify, Equivalent, Generic, Grade

question = json.loads(Path(sys.argv[1]).read_text())
grade, profession, role = question["points"]
began = time.process_time()
mentors = [Mentor(**person) for person in question["mentors"]]
mentees = [Mentee(**person) for person in question["mentees"]]
rules = [
    Grade(question["above"], operator.ge, {True: grade, False: 0}),
    Equivalent("profession", {True: profession, False: 0}),
    Generic({True: role, False: 0}, lambda match: match.mentor.role != match.mentee.role),
    Disqualify(lambda match: match.mentor.organisation == match.mentee.organisation),
]
ready = time.process_time()
process_data(mentors, mentees, [rules])
done = time.process_time()
pairs = [[mentor.email, mentee.email] for mentor in mentors for mentee in mentor.mentees]
Path(sys.argv[2]).write_text(json.dumps({"prepare": ready - began, "solve": done - ready, "pairs": pairs}))
