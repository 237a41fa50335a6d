"""Logistic regression and a perceptron of scikit-learn on the tables that samples/Churn wrote, with the same values that the network reads.

    python3 samples/Churn/compare.py FOLDER
"""

import csv
import sys

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, f1_score, log_loss, precision_recall_curve, roc_auc_score
from sklearn.neural_network import MLPClassifier
from sklearn.preprocessing import StandardScaler


def read(name):
    """The columns of a table by their names, as texts."""
    with open(f"{sys.argv[1]}/{name}.csv", encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))

    return {column: np.array([row[column] for row in rows]) for column in rows[0]}


def numbers(column):
    """A column of numbers; gaps are NaN."""
    return np.array([float(text) if text else np.nan for text in column])


def truths(column):
    return (np.char.lower(column) == "true").astype(float)


def values(table):
    """The features of customers, not yet scaled; gaps are NaN."""
    columns = []

    for name in ["Age", "Income"]:
        column = numbers(table[name])
        columns += [np.log1p(column) if name == "Income" else column, np.isnan(column).astype(float)]

    for name, kinds in [("Tariff", ["Prepaid", "Monthly", "Yearly"]), ("Region", ["North", "East", "South", "West"])]:
        columns += [(table[name] == kind).astype(float) for kind in kinds]

    columns.append(truths(table["IsOnline"]))
    columns += [numbers(table["Months"]), numbers(table["Complaints"]), np.log1p(numbers(table["Megabytes"]))]
    phase = 2 * np.pi * numbers(table["UsualHour"]) / 24
    columns += [np.sin(phase), np.cos(phase)]

    return np.stack(columns, axis=1)


def labels(table):
    return truths(table["Leaves"]).astype(int)


training, test = (read(name) for name in ["training", "test"])
x, y, x_test, y_test = values(training), labels(training), values(test), labels(test)
means = np.nanmean(x, axis=0)
x, x_test = (np.where(np.isnan(part), means, part) for part in [x, x_test])
scaler = StandardScaler().fit(x)
x, x_test = scaler.transform(x), scaler.transform(x_test)

models = {
    "LogisticRegression": LogisticRegression(max_iter=1000),
    "MLPClassifier": MLPClassifier((32, 16), learning_rate_init=0.002, batch_size=128, early_stopping=True, validation_fraction=0.2, random_state=1),
}

for name, model in models.items():
    model.fit(x, y)
    probabilities = model.predict_proba(x_test)[:, 1]
    precision, recall, thresholds = precision_recall_curve(y, model.predict_proba(x)[:, 1])
    threshold = thresholds[np.argmax(2 * precision[:-1] * recall[:-1] / (precision[:-1] + recall[:-1] + 1e-12))]
    print(
        f"{name}: ROC AUC {roc_auc_score(y_test, probabilities):.3f}, average precision {average_precision_score(y_test, probabilities):.3f}, "
        f"log loss {log_loss(y_test, probabilities):.4f}, F1 {f1_score(y_test, probabilities >= threshold):.3f} from {threshold:.2f} on"
    )
