// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/state.h"

#include <QtCore/QList>
#include <QtWidgets/QWidget>

namespace atalaya::health {

/// One line an instance: shape, name, what it said. A click chooses whose raw answer is shown.
class InstanceLines final : public QWidget
{
    Q_OBJECT
public:
    struct Line
    {
        QString instance;
        State state = State::Unknown;
        QString words;
        QString toolTip;

        bool operator==(const Line &) const = default;
    };

    explicit InstanceLines(QWidget *parent = nullptr);
    void show(const QList<Line> &lines, const QString &chosen);
    const QList<Line> &lines() const { return m_lines; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {160, sizeHint().height()}; }

    static constexpr int lineHeight = 24;

Q_SIGNALS:
    void instanceChosen(const QString &instance);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;

private:
    int lineAt(int y) const;

    QList<Line> m_lines;
    QString m_chosen;
};

} // namespace atalaya::health
