<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>ApplyPad</name>
    <message>
        <source>What the model says of the drawing</source>
        <translation>模型对所画图像的预测</translation>
    </message>
    <message>
        <source>What the model sees</source>
        <translation>模型看到的图像</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清空</translation>
    </message>
    <message>
        <source>Take all the ink off the pad</source>
        <translation>擦去画板上的全部墨迹</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>撑满</translation>
    </message>
    <message>
        <source>Make the drawing as large as the pad, as the digits of the data are</source>
        <translation>把所画的图像放大到撑满画板，与数据中的数字一样</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>擦除</translation>
    </message>
    <message>
        <source>Erase with the left mouse button</source>
        <translation>用鼠标左键擦除</translation>
    </message>
    <message>
        <source>What the model sees: each of its {0} × {1} pixels counts the inked cells of a block of {2} × {2}, from 0 to {3}, as those of the data do.</source>
        <translation>模型看到的图像：{0} × {1} 个像素，每个像素是 {2} × {2} 的方块中涂墨的格子数，从 0 到 {3}，与数据中的图像一样。</translation>
    </message>
    <message>
        <source>Nothing is drawn yet.</source>
        <translation>还没有画任何内容。</translation>
    </message>
    <message>
        <source>It is {0}</source>
        <translation>预测为 {0}</translation>
    </message>
</context>
<context>
    <name>Axes</name>
    <message>
        <source>{0}, … ({1} inputs)</source>
        <translation>{0}, …（共 {1} 个输入）</translation>
    </message>
    <message>
        <source>x: {0}; y: {1}.</source>
        <translation>x：{0}；y：{1}。</translation>
    </message>
    <message>
        <source>{0} ({1})</source>
        <translation>{0}（{1}）</translation>
    </message>
</context>
<context>
    <name>AxisChoice</name>
    <message>
        <source>Across</source>
        <translation>横轴</translation>
    </message>
    <message>
        <source>The input across the map</source>
        <translation>地图横轴上的输入</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>纵轴</translation>
    </message>
    <message>
        <source>The input up the map</source>
        <translation>地图纵轴上的输入</translation>
    </message>
</context>
<context>
    <name>Batch</name>
    <message>
        <source>The input, as the model sees it</source>
        <translation>模型看到的输入</translation>
    </message>
    <message>
        <source>The true value</source>
        <translation>真实值</translation>
    </message>
    <message>
        <source>The model&apos;s prediction</source>
        <translation>模型的预测值</translation>
    </message>
    <message>
        <source>The error: how far the prediction is too high</source>
        <translation>误差：预测值比真实值高出多少</translation>
    </message>
    <message>
        <source>The point&apos;s own loss; the mean of these is L</source>
        <translation>该点自身的损失；所有点的平均值就是 L</translation>
    </message>
    <message>
        <source>The point&apos;s own loss; L is the mean of these{0}</source>
        <translation>该点自身的损失；L 是所有点的平均值{0}</translation>
    </message>
    <message>
        <source>The number of the point’s own class, from 0</source>
        <translation>该点所属类别的编号，从 0 开始</translation>
    </message>
    <message>
        <source>The logit: what the model gives, before it is a probability</source>
        <translation>logit：模型的原始输出，尚未换算成概率</translation>
    </message>
    <message>
        <source>The probability that the model gives to the point’s own class</source>
        <translation>模型给该点所属类别的概率</translation>
    </message>
    <message>
        <source>The mean of these is ∂L/∂{0}</source>
        <translation>这一列的平均值就是 ∂L/∂{0}</translation>
    </message>
    <message>
        <source>{1} times the mean of these is ∂L/∂{0}</source>
        <translation>这一列平均值的 {1} 倍就是 ∂L/∂{0}</translation>
    </message>
    <message>
        <source>the mean of these</source>
        <translation>这一列的平均值</translation>
    </message>
    <message>
        <source>{0} times the mean of these</source>
        <translation>这一列平均值的 {0} 倍</translation>
    </message>
    <message>
        <source>∂L/∂{0} is {1}{2}</source>
        <translation>∂L/∂{0} 是{1}{2}</translation>
    </message>
</context>
<context>
    <name>BatchField</name>
    <message>
        <source>all {0}</source>
        <translation>全部 {0}</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
</context>
<context>
    <name>BatchModel</name>
    <message>
        <source>point</source>
        <translation>点</translation>
    </message>
    <message>
        <source>Which training point it is, counted from 1</source>
        <translation>第几个训练点，从 1 数起</translation>
    </message>
</context>
<context>
    <name>BatchTable</name>
    <message>
        <source>The batch of this step</source>
        <translation>这一步的批次</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the selected rows, or the whole table</source>
        <translation>复制选中的行或整张表</translation>
    </message>
    <message>
        <source>Copy the selected rows, or the whole table, for a spreadsheet (Ctrl+C)</source>
        <translation>复制选中的行或整张表，可粘贴到电子表格（Ctrl+C）</translation>
    </message>
    <message>
        <source>The points of this batch</source>
        <translation>这个批次的点</translation>
    </message>
    <message>
        <source>A row for each point. Select rows to copy only those.</source>
        <translation>每个点一行。选中若干行，可以只复制这些行。</translation>
    </message>
    <message>
        <source>Sums and means of this batch</source>
        <translation>这个批次的总和与平均值</translation>
    </message>
    <message>
        <source>Over the whole batch: the sum (Σ) and the mean (Σ/n).</source>
        <translation>整个批次的总和（Σ）与平均值（Σ/n）。</translation>
    </message>
    <message>
        <source>No step yet: press Next, and the first batch stands here.</source>
        <translation>还没有开始：按“前进”，这里会显示第一个批次。</translation>
    </message>
    <message>
        <source>{0} · {1} points</source>
        <translation>{0} · {1} 个点</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>平均值</translation>
    </message>
    <message>
        <source>Copied {0} rows</source>
        <translation>已复制 {0} 行</translation>
    </message>
    <message>
        <source>Copied 1 row</source>
        <translation>已复制 1 行</translation>
    </message>
    <message>
        <source>Copied the first {0} rows: more are too many for the clipboard</source>
        <translation>已复制前 {0} 行：其余太多，剪贴板放不下</translation>
    </message>
</context>
<context>
    <name>Changes</name>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>from seed</source>
        <translation>由随机种子生成</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>on</source>
        <translation>开</translation>
    </message>
    <message>
        <source>of a file</source>
        <translation>来自文件</translation>
    </message>
    <message>
        <source>typed</source>
        <translation>手动输入</translation>
    </message>
    <message>
        <source>1 point</source>
        <translation>1 个点</translation>
    </message>
    <message>
        <source>{0} points</source>
        <translation>{0} 个点</translation>
    </message>
    <message>
        <source>{0}, … ({1} of them)</source>
        <translation>{0}, …（共 {1} 个）</translation>
    </message>
    <message>
        <source>{0} → {1}</source>
        <translation>{0} → {1}</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <source>{0} set to {1} by hand</source>
        <translation>{0} 手动设为 {1}</translation>
    </message>
    <message>
        <source>{0} (by schedule η = {1} there)</source>
        <translation>{0}（按调度，此时 η = {1}）</translation>
    </message>
</context>
<context>
    <name>ClassChooser</name>
    <message>
        <source>Draw class</source>
        <translation>绘制类别</translation>
    </message>
    <message>
        <source>Add class</source>
        <translation>添加类别</translation>
    </message>
    <message>
        <source>Add a class</source>
        <translation>添加一个类别</translation>
    </message>
    <message>
        <source>Draw points of one class more, of up to 8</source>
        <translation>再画一个类别的点，最多 8 个类别</translation>
    </message>
    <message>
        <source>Draw points of class {0}</source>
        <translation>画类别 {0} 的点</translation>
    </message>
    <message>
        <source>Draw points of class {0} (key {0})</source>
        <translation>画类别 {0} 的点（按键 {0}）</translation>
    </message>
</context>
<context>
    <name>ClassTable</name>
    <message>
        <source>Precision, recall, F1 and AUC of each class</source>
        <translation>各类别的精确率、召回率、F1 和 AUC</translation>
    </message>
    <message>
        <source>Precision: how many of the answers are right. Recall: how many of the class are found. F1: their harmonic mean, 2·P·R ÷ (P + R). AUC: the area under the ROC curve; 1 is perfect, 0.5 is chance. “–”: there are none to divide by.</source>
        <translation>精确率：判为该类的点中有多少判对了。召回率：该类的点中有多少被找出来了。F1：两者的调和平均，2·P·R ÷ (P + R)。AUC：ROC 曲线下的面积，1 为完美，0.5 等于随机猜测。“–”：除数为零。</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精确率</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>召回率</translation>
    </message>
    <message>
        <source>F1</source>
        <translation>F1</translation>
    </message>
    <message>
        <source>AUC</source>
        <translation>AUC</translation>
    </message>
</context>
<context>
    <name>Code</name>
    <message>
        <source>batch {0} of {1}</source>
        <translation>批次 {0}/{1}</translation>
    </message>
    <message>
        <source>finite</source>
        <translation>有限</translation>
    </message>
    <message>
        <source>not finite</source>
        <translation>非有限</translation>
    </message>
    <message>
        <source>{0} of {1} epochs</source>
        <translation>{0}/{1} 轮</translation>
    </message>
    <message>
        <source>{0} of {1} done</source>
        <translation>已完成 {0}/{1}</translation>
    </message>
    <message>
        <source>epoch {0} of {1}</source>
        <translation>第 {0}/{1} 轮</translation>
    </message>
</context>
<context>
    <name>CodePanel</name>
    <message>
        <source>The code</source>
        <translation>代码</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the whole script</source>
        <translation>复制整个脚本</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>Save the script: it runs with PyTorch alone and prints the same numbers</source>
        <translation>保存脚本：只需 PyTorch 就能运行，输出的数值与这里相同</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>Runs by itself: same numbers</source>
        <translation>可独立运行，数值相同</translation>
    </message>
    <message>
        <source>No points yet, and no code</source>
        <translation>还没有点，也就没有代码</translation>
    </message>
</context>
<context>
    <name>CodeView</name>
    <message>
        <source>The code</source>
        <translation>代码</translation>
    </message>
</context>
<context>
    <name>ColumnList</name>
    <message>
        <source>Inputs: the columns that the model predicts from</source>
        <translation>输入：模型用来预测的列</translation>
    </message>
    <message>
        <source>Check the columns that the model predicts from</source>
        <translation>勾选模型用来预测的列</translation>
    </message>
    <message>
        <source>Inputs</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>取值</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>the target</source>
        <translation>目标</translation>
    </message>
</context>
<context>
    <name>Command</name>
    <message>
        <source>Watch a model learn. Without a command the window opens.</source>
        <translation>看模型如何学习。不带命令时打开窗口。</translation>
    </message>
    <message>
        <source>Speak this language: {0}. Otherwise that of the system.</source>
        <translation>使用这种语言：{0}。不指定时用系统的语言。</translation>
    </message>
    <message>
        <source>Train without a window, and print or export the results.</source>
        <translation>不打开窗口直接训练，并打印或导出结果。</translation>
    </message>
    <message>
        <source>Train with many learning rates at once, and compare the final losses.</source>
        <translation>同时用多个学习率训练，比较最终损失。</translation>
    </message>
    <message>
        <source>Predict for the rows of a CSV file with a saved model.</source>
        <translation>用保存的模型预测 CSV 文件中的各行。</translation>
    </message>
    <message>
        <source>there is no option {0}</source>
        <translation>没有 {0} 这个选项</translation>
    </message>
    <message>
        <source>“--missing drop_rows” leaves out such rows, “--missing fill” fills them.</source>
        <translation>“--missing drop_rows”舍去这些行，“--missing fill”填补缺失值。</translation>
    </message>
    <message>
        <source>Interrupted.</source>
        <translation>已中断。</translation>
    </message>
    <message>
        <source>Rows left out for missing values: {0}.</source>
        <translation>因缺失值而舍去的行：{0}。</translation>
    </message>
    <message>
        <source>Exported to {folder}: {names}.</source>
        <translation>已导出到 {folder}：{names}。</translation>
    </message>
    <message>
        <source>There are no plots, only numbers: {reason} Type:
    {line}</source>
        <translation>没有图表，只有数值：{reason} 请输入：
    {line}</translation>
    </message>
    <message>
        <source>Qt cannot be loaded ({0}).</source>
        <translation>无法加载 Qt（{0}）。</translation>
    </message>
    <message>
        <source>A model saved as .safetensors, with its experiment.</source>
        <translation>以 .safetensors 格式保存的模型，内含实验。</translation>
    </message>
    <message>
        <source>A CSV file with the columns that the model takes.</source>
        <translation>含有模型所需各列的 CSV 文件。</translation>
    </message>
    <message>
        <source>The CSV file to write: those columns, and the predictions.</source>
        <translation>要写入的 CSV 文件：包含这些列和预测值。</translation>
    </message>
    <message>
        <source>“{prog} --help” lists the options.</source>
        <translation>“{prog} --help”列出所有选项。</translation>
    </message>
    <message>
        <source>what to train on</source>
        <translation>训练数据</translation>
    </message>
    <message>
        <source>A source of data ({sources}), or a CSV file.</source>
        <translation>数据来源（{sources}），或一个 CSV 文件。</translation>
    </message>
    <message>
        <source>The file&apos;s columns that are the inputs; all those of numbers, if none is named.</source>
        <translation>文件中作为输入的列；不指定时取所有数值列。</translation>
    </message>
    <message>
        <source>The file&apos;s column to learn; the last one, if none is named.</source>
        <translation>文件中要学习的列；不指定时取最后一列。</translation>
    </message>
    <message>
        <source>how to train</source>
        <translation>训练方式</translation>
    </message>
    <message>
        <source>What the model sees of the inputs: one or more of {known}.</source>
        <translation>模型看到的输入特征：{known} 中的一个或多个。</translation>
    </message>
    <message>
        <source>All the seeds at once.</source>
        <translation>同时设置所有随机种子。</translation>
    </message>
    <message>
        <source>The initial weights by hand: w and b. A preset may set them; --seed and --weights-seed draw them anew unless this option is given too.</source>
        <translation>手动设置初始权重：w 和 b。预设可能已经设置；使用 --seed 和 --weights-seed 会重新抽取，除非同时给出本选项。</translation>
    </message>
    <message>
        <source>what to show and keep</source>
        <translation>显示与保存</translation>
    </message>
    <message>
        <source>Predict for these x when training is over; of several inputs a row each, as 5.1,3.5,red.</source>
        <translation>训练结束后预测这些 x；有多个输入时每行写成 5.1,3.5,red 的形式。</translation>
    </message>
    <message>
        <source>Write history.csv, experiment.json, the run as a script (run.py), and loss and fit as PNG and SVG into this folder.</source>
        <translation>把 history.csv、experiment.json、本次运行的脚本（run.py）以及 PNG 和 SVG 格式的损失图与拟合图写入这个文件夹。</translation>
    </message>
    <message>
        <source>Print one JSON object instead of text.</source>
        <translation>输出一个 JSON 对象，而不是文本。</translation>
    </message>
    <message>
        <source>{0} with {1}</source>
        <translation>{1} 为 {0}</translation>
    </message>
    <message>
        <source>above {0}</source>
        <translation>大于 {0}</translation>
    </message>
    <message>
        <source>default {0}</source>
        <translation>默认 {0}</translation>
    </message>
    <message>
        <source>at most {0} points</source>
        <translation>最多 {0} 个点</translation>
    </message>
    <message>
        <source>--export is empty: name a folder.</source>
        <translation>--export 为空：请指定文件夹。</translation>
    </message>
    <message>
        <source>{known}, or the path of a CSV file</source>
        <translation>{known}，或 CSV 文件的路径</translation>
    </message>
    <message>
        <source>{option} names a file&apos;s column: add --data FILE.csv.</source>
        <translation>{option} 指定文件中的列：请加上 --data FILE.csv。</translation>
    </message>
    <message>
        <source>{option} belongs to {kind} “{owner}”, and “{chosen}” is chosen: leave it out, or add {choose}.</source>
        <translation>{option} 属于{kind}“{owner}”，而当前选择的是“{chosen}”：请去掉该选项，或加上 {choose}。</translation>
    </message>
    <message>
        <source>Interrupted after {epoch} of {epochs} epochs.</source>
        <translation>在第 {epoch} 轮后中断，共 {epochs} 轮。</translation>
    </message>
    <message>
        <source>Epoch [{epoch}/{epochs}], Loss: {loss}</source>
        <translation>Epoch [{epoch}/{epochs}], Loss: {loss}</translation>
    </message>
    <message>
        <source>Validation loss: {0}</source>
        <translation>验证损失：{0}</translation>
    </message>
    <message>
        <source>Initial parameters: {0}</source>
        <translation>初始参数：{0}</translation>
    </message>
    <message>
        <source>{0} numbers ({1})</source>
        <translation>{0} 个数（{1}）</translation>
    </message>
    <message>
        <source>Computed on: {0}</source>
        <translation>计算设备：{0}</translation>
    </message>
    <message>
        <source>Trained parameters: {0}</source>
        <translation>训练后参数：{0}</translation>
    </message>
    <message>
        <source>True parameters: {0}</source>
        <translation>真实参数：{0}</translation>
    </message>
    <message>
        <source>Model test:</source>
        <translation>模型测试：</translation>
    </message>
    <message>
        <source>Lowest validation loss: {loss}, epoch {epoch}.</source>
        <translation>最低验证损失：{loss}，第 {epoch} 轮。</translation>
    </message>
    <message>
        <source>Input x={x}, predicted={predicted}</source>
        <translation>输入 x={x}，预测值={predicted}</translation>
    </message>
    <message>
        <source>(outside the training points)</source>
        <translation>（超出训练点的范围）</translation>
    </message>
    <message>
        <source>Input x={x}, predicted={predicted}, true={true}</source>
        <translation>输入 x={x}，预测值={predicted}，真实值={true}</translation>
    </message>
    <message>
        <source>(outside the training x, {low} to {high})</source>
        <translation>（超出训练集 x 的范围 {low} 到 {high}）</translation>
    </message>
    <message>
        <source>train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>validation</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>best train</source>
        <translation>最优（训练）</translation>
    </message>
    <message>
        <source>best test</source>
        <translation>最优（测试）</translation>
    </message>
    <message>
        <source>Penalties are part of the loss, but not of these numbers.</source>
        <translation>惩罚项计入损失，但不计入这些数值。</translation>
    </message>
    <message>
        <source>Confusion on the test points (a row per true class):</source>
        <translation>测试点的混淆矩阵（每个真实类别一行）：</translation>
    </message>
    <message>
        <source>Confusion on the training points (a row per true class):</source>
        <translation>训练点的混淆矩阵（每个真实类别一行）：</translation>
    </message>
    <message>
        <source>Best is the least-squares line of the training points: {0}.</source>
        <translation>“最优”指训练点的最小二乘直线：{0}。</translation>
    </message>
    <message>
        <source>Best is the least-squares plane of the training points: {0}.</source>
        <translation>“最优”指训练点的最小二乘平面：{0}。</translation>
    </message>
    <message>
        <source>Best is the least-squares plane of the training points.</source>
        <translation>“最优”指训练点的最小二乘平面。</translation>
    </message>
    <message>
        <source>Best is the least-squares polynomial of the training points: {0}.</source>
        <translation>“最优”指训练点的最小二乘多项式：{0}。</translation>
    </message>
    <message>
        <source>Best is the least-squares polynomial of the training points.</source>
        <translation>“最优”指训练点的最小二乘多项式。</translation>
    </message>
    <message>
        <source>epoch {0}/{1}</source>
        <translation>第 {0}/{1} 轮</translation>
    </message>
    <message>
        <source>loss {0}</source>
        <translation>损失 {0}</translation>
    </message>
    <message>
        <source>{0} epochs/s</source>
        <translation>{0} 轮/秒</translation>
    </message>
    <message>
        <source>{0} left</source>
        <translation>剩余 {0}</translation>
    </message>
    <message>
        <source>Learning rates from FROM to TO, COUNT of them, evenly spaced by their logarithm; or some with commas between them. Without it, a range around the rate over which descent diverges. Another number of how to train can be swept with it, too: {0}.</source>
        <translation>从 FROM 到 TO 共 COUNT 个学习率，按对数均匀分布；或用逗号隔开的几个学习率。不指定时，取发散上限附近的一段范围。也可以同时扫描另一项训练设置：{0}。</translation>
    </message>
    <message>
        <source>Write sweep.csv (a row per run), losses.csv (a row per run and epoch), experiment.json, and the final loss against the learning rate as PNG and SVG into this folder.</source>
        <translation>把 sweep.csv（每次运行一行）、losses.csv（每次运行的每一轮一行）、experiment.json 以及 PNG 和 SVG 格式的最终损失与学习率关系图写入这个文件夹。</translation>
    </message>
    <message>
        <source>where to train</source>
        <translation>训练位置</translation>
    </message>
    <message>
        <source>So many processes beside each other (default 1: here, in one loop). Worth it for many points or large networks.</source>
        <translation>并行的进程数（默认 1：就在本进程中循环）。点很多或网络很大时才值得增加。</translation>
    </message>
    <message>
        <source>The address of a Dask scheduler, whose workers train then. GUITrain must be installed there, too.</source>
        <translation>Dask 调度器的地址，由它的工作进程训练。那里也必须安装 GUITrain。</translation>
    </message>
    <message>
        <source>--cluster is empty: give the address of a Dask scheduler.</source>
        <translation>--cluster 为空：请给出 Dask 调度器的地址。</translation>
    </message>
    <message>
        <source>{0} and {1} both have several values: a sweep has one setting besides the learning rate. Give one of them a single value.</source>
        <translation>{0} 和 {1} 都有多个值：参数扫描除学习率外只能有一项设置取多个值。请只给其中一项单个值。</translation>
    </message>
    <message>
        <source>--learning-rate {0} is no range: a sweep takes FROM:TO:COUNT, such as 0.001:1:20, or some learning rates such as 0.01,0.05,0.1.</source>
        <translation>--learning-rate {0} 不是范围：参数扫描需要 FROM:TO:COUNT，例如 0.001:1:20，或几个学习率，例如 0.01,0.05,0.1。</translation>
    </message>
    <message>
        <source>{0} of {1} runs done</source>
        <translation>已完成 {0}/{1} 次运行</translation>
    </message>
    <message>
        <source>Final loss</source>
        <translation>最终损失</translation>
    </message>
    <message>
        <source>Descent diverges over {0}.</source>
        <translation>梯度下降的发散上限：{0}。</translation>
    </message>
    <message>
        <source>Descent diverges over {0} ({1}).</source>
        <translation>梯度下降的发散上限（{1}）：{0}。</translation>
    </message>
    <message>
        <source>Best: {0}, final loss {1}.</source>
        <translation>最优：{0}，最终损失 {1}。</translation>
    </message>
    <message>
        <source>best</source>
        <translation>最优</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>已中断</translation>
    </message>
    <message>
        <source>diverged</source>
        <translation>发散</translation>
    </message>
    <message>
        <source>target loss</source>
        <translation>达到目标损失</translation>
    </message>
    <message>
        <source>no more fall</source>
        <translation>不再下降</translation>
    </message>
    <message>
        <source>stopped early</source>
        <translation>早停</translation>
    </message>
    <message>
        <source>over the limit</source>
        <translation>超过上限</translation>
    </message>
    <message>
        <source>{0}: there is no language “{1}”. Choose one of {2}.</source>
        <translation>{0}：没有“{1}”这种语言，可选：{2}。</translation>
    </message>
    <message>
        <source>Try whether everything works on this machine, and say so line by line.</source>
        <translation>检查各项功能在本机上是否正常，并逐行报告。</translation>
    </message>
    <message>
        <source>Put GUITrain into this user&apos;s menu, and have .guitrain files open with it (Linux, Windows).</source>
        <translation>把 GUITrain 加入当前用户的菜单，并用它打开 .guitrain 文件（Linux、Windows）。</translation>
    </message>
    <message>
        <source>Undo --install-desktop.</source>
        <translation>撤销 --install-desktop。</translation>
    </message>
    <message>
        <source>Forget window, panels, theme and recent files, as at the first start. Runs are kept.</source>
        <translation>清除窗口、面板、主题和最近文件的设置，恢复到首次启动时的状态。运行记录会保留。</translation>
    </message>
    <message>
        <source>The preferences in {place} could not be reset: they cannot be written.</source>
        <translation>{place} 中的偏好设置无法重置：不能写入。</translation>
    </message>
    <message>
        <source>Window, panels, theme, folders and recent files are those of the first start again ({place}). Your runs are kept.</source>
        <translation>窗口、面板、主题、文件夹和最近文件已恢复到首次启动时的状态（{place}）。运行记录已保留。</translation>
    </message>
</context>
<context>
    <name>ConfusionMatrix</name>
    <message>
        <source>Confusion matrix</source>
        <translation>混淆矩阵</translation>
    </message>
    <message>
        <source>A row for each true class, a column for each answer. Framed: the right answers. The bluer, the larger the share of its row.</source>
        <translation>每个真实类别一行，每个预测类别一列。带框的是预测正确的。蓝色越深，在该行中的占比越大。</translation>
    </message>
    <message>
        <source>{0} of {1} points of {2} were told as {3} ({4})</source>
        <translation>{2} 的 {1} 个点中，{0} 个被判为 {3}（{4}）</translation>
    </message>
</context>
<context>
    <name>Controls</name>
    <message>
        <source>{0} starts a new run (undo brings the old one back). The rest takes effect as it runs.</source>
        <translation>更改带 {0} 的设置会开始新的运行（撤销可恢复旧的），其余设置在运行中生效。</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Choose file…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>Choose a CSV file</source>
        <translation>选择 CSV 文件</translation>
    </message>
    <message>
        <source>Open a CSV file and choose its inputs and its target</source>
        <translation>打开 CSV 文件，选择输入和目标</translation>
    </message>
    <message>
        <source>Learning</source>
        <translation>学习</translation>
    </message>
    <message>
        <source>Draw a new batch order</source>
        <translation>重新打乱批次顺序</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>学习率调度</translation>
    </message>
    <message>
        <source>Stop when</source>
        <translation>停止条件</translation>
    </message>
    <message>
        <source>Epochs reach</source>
        <translation>轮数达到</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>起点</translation>
    </message>
    <message>
        <source>Draw new initial weights</source>
        <translation>重新抽取初始权重</translation>
    </message>
    <message>
        <source>Leave out others</source>
        <translation>换一批随机失活的单元</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Optimizer</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>{0}, where η₀ is the learning rate and e counts the epochs done</source>
        <translation>{0}，其中 η₀ 为学习率，e 为已完成的轮数</translation>
    </message>
    <message>
        <source>loss = {0}, with w the weights; biases are free</source>
        <translation>损失 = {0}，其中 w 为权重；偏置不受惩罚</translation>
    </message>
    <message>
        <source>Draw new noise</source>
        <translation>重新抽取噪声</translation>
    </message>
    <message>
        <source>Hold out other points</source>
        <translation>换一批留出的点</translation>
    </message>
    <message>
        <source>{0}: {1} from {2}, {3} rows</source>
        <translation>{0}：由 {2} 预测 {1}，共 {3} 行</translation>
    </message>
    <message>
        <source>typed</source>
        <translation>手动输入</translation>
    </message>
    <message>
        <source>{0} Changing this starts a new run. Undo brings the old one back.</source>
        <translation>{0} 更改此项会开始新的运行，撤销可恢复原来的运行。</translation>
    </message>
</context>
<context>
    <name>Csv</name>
    <message>
        <source>no values</source>
        <translation>没有值</translation>
    </message>
    <message>
        <source>texts, {0} different</source>
        <translation>文本，{0} 种</translation>
    </message>
    <message>
        <source>numbers, {0} … {1}</source>
        <translation>数值，{0} … {1}</translation>
    </message>
    <message>
        <source>line {0}: “{1}” is no plain number (such cells: {2})</source>
        <translation>第 {0} 行：“{1}”不是普通数字（此类单元格：{2} 个）</translation>
    </message>
    <message>
        <source>{0} missing</source>
        <translation>缺失 {0} 个</translation>
    </message>
    <message>
        <source>too many different texts to tell apart</source>
        <translation>不同的文本太多，无法区分</translation>
    </message>
    <message>
        <source>always the same: nothing to learn from</source>
        <translation>取值都相同：学不到任何东西</translation>
    </message>
    <message>
        <source>; </source>
        <translation>；</translation>
    </message>
    <message>
        <source>A missing value</source>
        <translation>缺失值</translation>
    </message>
    <message>
        <source>No plain number, in a column of numbers</source>
        <translation>数值列中的非数字</translation>
    </message>
</context>
<context>
    <name>CsvDialog</name>
    <message>
        <source>Your own data</source>
        <translation>你的数据</translation>
    </message>
    <message>
        <source>Reading the file</source>
        <translation>正在读取文件</translation>
    </message>
    <message>
        <source>What the run will train on</source>
        <translation>将用于训练的数据</translation>
    </message>
    <message>
        <source>What is wrong with the file</source>
        <translation>文件中的问题</translation>
    </message>
    <message>
        <source>Train on these</source>
        <translation>用这些数据训练</translation>
    </message>
    <message>
        <source>Another file…</source>
        <translation>换一个文件…</translation>
    </message>
    <message>
        <source>Start a new run on these columns</source>
        <translation>用这些列开始新的运行</translation>
    </message>
    <message>
        <source>Choose another file</source>
        <translation>选择另一个文件</translation>
    </message>
    <message>
        <source>Keep the data as they are</source>
        <translation>保留原来的数据</translation>
    </message>
    <message>
        <source>All numbers</source>
        <translation>所有数值列</translation>
    </message>
    <message>
        <source>Make all columns of numbers inputs</source>
        <translation>把所有数值列设为输入</translation>
    </message>
    <message>
        <source>None</source>
        <translation>清除选择</translation>
    </message>
    <message>
        <source>Make no column an input</source>
        <translation>不把任何列设为输入</translation>
    </message>
    <message>
        <source>The column that the model learns to predict</source>
        <translation>模型要学会预测的列</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Open a CSV file</source>
        <translation>打开 CSV 文件</translation>
    </message>
    <message>
        <source>Tables (*.csv *.tsv *.txt);;All (*)</source>
        <translation>表格 (*.csv *.tsv *.txt);;所有文件 (*)</translation>
    </message>
    <message>
        <source>{0}: {1} rows, encoding {2}, separator “{3}”</source>
        <translation>{0}：{1} 行，编码 {2}，分隔符“{3}”</translation>
    </message>
    <message>
        <source>{0} rows, {1} inputs.</source>
        <translation>{0} 行，{1} 个输入。</translation>
    </message>
    <message>
        <source>{0} rows, 1 input.</source>
        <translation>{0} 行，1 个输入。</translation>
    </message>
    <message>
        <source>Rows left out: {0}.</source>
        <translation>舍去的行：{0}。</translation>
    </message>
    <message>
        <source>A text is an input for each of its values: 1 or 0.</source>
        <translation>文本列的每个取值各成一个输入：1 或 0。</translation>
    </message>
    <message>
        <source>{0}, …: more than the {1} colours that tell classes apart</source>
        <translation>{0}, …（超出了可区分类别的 {1} 种颜色）</translation>
    </message>
    <message>
        <source>{0} classes: {1}.</source>
        <translation>{0} 个类别：{1}。</translation>
    </message>
    <message>
        <source>⚠ “{0}” is always the same: nothing can be learnt of it.</source>
        <translation>⚠ “{0}”取值都相同：学不到任何东西。</translation>
    </message>
    <message>
        <source>”, “</source>
        <translation>”、“</translation>
    </message>
</context>
<context>
    <name>Cycle</name>
    <message>
        <source>with {0}</source>
        <translation>其中 {0}</translation>
    </message>
    <message>
        <source>mean {0}</source>
        <translation>平均 {0}</translation>
    </message>
    <message>
        <source>{0} on test points</source>
        <translation>测试点：{0}</translation>
    </message>
    <message>
        <source>{0} on training points</source>
        <translation>训练点：{0}</translation>
    </message>
</context>
<context>
    <name>CyclePanel</name>
    <message>
        <source>The cycle</source>
        <translation>训练循环</translation>
    </message>
</context>
<context>
    <name>Data</name>
    <message>
        <source>Anscombe’s four</source>
        <translation>安斯库姆四重奏</translation>
    </message>
    <message>
        <source>Four published sets of 11 points that have the same best line.</source>
        <translation>四组公开的数据，每组 11 个点，最优直线相同。</translation>
    </message>
    <message>
        <source>All four sets have the same means and the same best line, ŷ = 3.00 + 0.500·x. Only the picture tells them apart. F. J. Anscombe, The American Statistician 27 (1973) 17.</source>
        <translation>四组数据的平均值相同，最优直线也相同：ŷ = 3.00 + 0.500·x，只有画出来才能区分。F. J. Anscombe, The American Statistician 27 (1973) 17.</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>组</translation>
    </message>
    <message>
        <source>1: a line with noise. 2: a curve. 3: a line and one outlier. 4: one x for all points but one.</source>
        <translation>1：带噪声的直线。2：曲线。3：直线加一个离群点。4：除一个点外，x 都相同。</translation>
    </message>
    <message>
        <source>Cars 1970–82</source>
        <translation>汽车 1970–82</translation>
    </message>
    <message>
        <source>Size, power and weight of 392 cars, and how far a gallon takes each.</source>
        <translation>392 辆汽车的大小、功率和重量，以及每加仑汽油能跑多远。</translation>
    </message>
    <message>
        <source>The heavier and stronger a car, the fewer miles a gallon takes it. Data of the American Statistical Association’s exposition of 1983 (E. Ramos and D. Donoho); UCI repository, “Auto MPG”, CC BY 4.0.</source>
        <translation>车越重、功率越大，每加仑汽油跑的英里数越少。数据来自美国统计协会 1983 年的展览（E. Ramos 和 D. Donoho）；UCI 数据库“Auto MPG”，CC BY 4.0。</translation>
    </message>
    <message>
        <source>cylinders</source>
        <translation>气缸数</translation>
    </message>
    <message>
        <source>displacement</source>
        <translation>排量</translation>
    </message>
    <message>
        <source>power</source>
        <translation>功率</translation>
    </message>
    <message>
        <source>weight</source>
        <translation>重量</translation>
    </message>
    <message>
        <source>0 to 60 mph in</source>
        <translation>0–60 英里/时加速</translation>
    </message>
    <message>
        <source>range</source>
        <translation>每加仑里程</translation>
    </message>
    <message>
        <source>Variety</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>How much animals of a kind differ: 1 as usual, 0 not at all. The more they do, the more cats look like dogs.</source>
        <translation>同类动物之间的差异：1 为正常，0 为没有差异。差异越大，猫和狗越难区分。</translation>
    </message>
    <message>
        <source>snout</source>
        <translation>口鼻长</translation>
    </message>
    <message>
        <source>animal</source>
        <translation>动物</translation>
    </message>
    <message>
        <source>cat</source>
        <translation>猫</translation>
    </message>
    <message>
        <source>dog</source>
        <translation>狗</translation>
    </message>
    <message>
        <source>Cats and dogs</source>
        <translation>猫和狗</translation>
    </message>
    <message>
        <source>Cat or dog? By weight and snout, of animals that are drawn.</source>
        <translation>是猫还是狗？根据随机生成的动物的重量和口鼻长来判断。</translation>
    </message>
    <message>
        <source>The animals are made up, drawn from normal distributions. Cats: 4.5 ± 1 kg, snout 3.5 ± 0.8 cm; dogs: 9 ± 2.5 kg, snout 7 ± 1.6 cm (mean ± deviation; none below 0.1).</source>
        <translation>这些动物是虚构的，由正态分布生成。猫：4.5 ± 1 kg，口鼻长 3.5 ± 0.8 cm；狗：9 ± 2.5 kg，口鼻长 7 ± 1.6 cm（平均值 ± 标准差；都不低于 0.1）。</translation>
    </message>
    <message>
        <source>Parabola</source>
        <translation>抛物线</translation>
    </message>
    <message>
        <source>y = a·(x − x₀)² + y₀, with random noise added to y.</source>
        <translation>y = a·(x − x₀)² + y₀，y 上加随机噪声。</translation>
    </message>
    <message>
        <source>Curvature</source>
        <translation>曲率</translation>
    </message>
    <message>
        <source>a in y = a·(x − x₀)² + y₀: open upwards where it is above 0.</source>
        <translation>y = a·(x − x₀)² + y₀ 中的 a：大于 0 时开口向上。</translation>
    </message>
    <message>
        <source>Vertex at x</source>
        <translation>顶点 x</translation>
    </message>
    <message>
        <source>x₀ in y = a·(x − x₀)² + y₀, where the parabola turns.</source>
        <translation>y = a·(x − x₀)² + y₀ 中的 x₀：抛物线在此转向。</translation>
    </message>
    <message>
        <source>Vertex y</source>
        <translation>顶点 y</translation>
    </message>
    <message>
        <source>y₀ in y = a·(x − x₀)² + y₀, the true y at the vertex.</source>
        <translation>y = a·(x − x₀)² + y₀ 中的 y₀：顶点处的真实 y。</translation>
    </message>
    <message>
        <source>Sine</source>
        <translation>正弦</translation>
    </message>
    <message>
        <source>y = A·sin(2π·x/T) + c, with random noise added to y.</source>
        <translation>y = A·sin(2π·x/T) + c，y 上加随机噪声。</translation>
    </message>
    <message>
        <source>Amplitude</source>
        <translation>振幅</translation>
    </message>
    <message>
        <source>A in y = A·sin(2π·x/T) + c, how far the wave goes up and down.</source>
        <translation>y = A·sin(2π·x/T) + c 中的 A：波上下起伏的幅度。</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>周期</translation>
    </message>
    <message>
        <source>T in y = A·sin(2π·x/T) + c, the length of one wave in x.</source>
        <translation>y = A·sin(2π·x/T) + c 中的 T：一个波在 x 方向上的长度。</translation>
    </message>
    <message>
        <source>Mean level</source>
        <translation>平均高度</translation>
    </message>
    <message>
        <source>c in y = A·sin(2π·x/T) + c, the y in the wave&apos;s middle.</source>
        <translation>y = A·sin(2π·x/T) + c 中的 c：波中线处的 y。</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>阶跃</translation>
    </message>
    <message>
        <source>y jumps from one value to another, with random noise added to y.</source>
        <translation>y 从一个值跳到另一个值，再加随机噪声。</translation>
    </message>
    <message>
        <source>Step at x</source>
        <translation>阶跃处 x</translation>
    </message>
    <message>
        <source>The x at which the true y jumps.</source>
        <translation>真实 y 发生跳跃处的 x。</translation>
    </message>
    <message>
        <source>y before</source>
        <translation>阶跃前 y</translation>
    </message>
    <message>
        <source>The true y at every x before the step.</source>
        <translation>阶跃之前各处的真实 y。</translation>
    </message>
    <message>
        <source>y after</source>
        <translation>阶跃后 y</translation>
    </message>
    <message>
        <source>The true y from the step on.</source>
        <translation>阶跃处及之后的真实 y。</translation>
    </message>
    <message>
        <source>Digits 8×8</source>
        <translation>手写数字 8×8</translation>
    </message>
    <message>
        <source>1797 handwritten digits, each an image of 64 pixels.</source>
        <translation>1797 个手写数字，每个是 64 像素的图像。</translation>
    </message>
    <message>
        <source>13 people wrote these digits; each pixel says how much ink is in it, from 0 to 16. E. Alpaydin and C. Kaynak (1998), the test set; UCI repository, CC BY 4.0.</source>
        <translation>这些数字由 13 人书写；每个像素表示墨迹的多少，从 0 到 16。E. Alpaydin 和 C. Kaynak (1998)，测试集；UCI 数据库，CC BY 4.0。</translation>
    </message>
    <message>
        <source>digit</source>
        <translation>数字</translation>
    </message>
    <message>
        <source>Drawing</source>
        <translation>绘制的点</translation>
    </message>
    <message>
        <source>The points, x and y of each, drawn on the plot or typed.</source>
        <translation>在图上绘制或手动输入的点，每个点有 x 和 y。</translation>
    </message>
    <message>
        <source>Draw your own</source>
        <translation>自己画点</translation>
    </message>
    <message>
        <source>Points that you draw with the mouse on the Fit plot.</source>
        <translation>用鼠标在“拟合”图上画的点。</translation>
    </message>
    <message>
        <source>On Fit: click to add a point, drag to move it, right-click to delete it; Ctrl+Z undoes. A point dropped at the edge makes room there.</source>
        <translation>在“拟合”图上：单击添加点，拖动移动点，右键单击删除点；Ctrl+Z 撤销。把点拖到边缘可扩大范围。</translation>
    </message>
    <message>
        <source>The points, x1, x2 and the class (1 to 8) of each, drawn on the map or typed.</source>
        <translation>在地图上绘制或手动输入的点，每个点有 x1、x2 和类别（1 到 8）。</translation>
    </message>
    <message>
        <source>Draw classes</source>
        <translation>自己画类别</translation>
    </message>
    <message>
        <source>Points of two or more classes that you draw on the map.</source>
        <translation>在地图上画两个或更多类别的点。</translation>
    </message>
    <message>
        <source>On the map: choose a class, click to add a point of it, drag to move it, right-click to delete it; Ctrl+Z undoes. The keys 1 to 8 choose the class, too.</source>
        <translation>在地图上：先选类别，再单击添加该类的点，拖动移动点，右键单击删除点；Ctrl+Z 撤销。也可以按 1 到 8 键选择类别。</translation>
    </message>
    <message>
        <source>x from</source>
        <translation>x 从</translation>
    </message>
    <message>
        <source>The smallest x of the training points.</source>
        <translation>训练点中最小的 x。</translation>
    </message>
    <message>
        <source>x to</source>
        <translation>x 到</translation>
    </message>
    <message>
        <source>The largest x of the training points.</source>
        <translation>训练点中最大的 x。</translation>
    </message>
    <message>
        <source>Points</source>
        <translation>点数</translation>
    </message>
    <message>
        <source>How many training points are drawn.</source>
        <translation>生成多少个训练点。</translation>
    </message>
    <message>
        <source>Noise</source>
        <translation>噪声</translation>
    </message>
    <message>
        <source>σ, the standard deviation of the random error added to each y, or of classes to each input. No model can predict it.</source>
        <translation>σ：加在每个 y 上的随机误差的标准差；分类时加在每个输入上。任何模型都无法预测它。</translation>
    </message>
    <message>
        <source>Hubble 1929</source>
        <translation>哈勃 1929</translation>
    </message>
    <message>
        <source>Distance and velocity of 24 nebulae, as Edwin Hubble had them.</source>
        <translation>24 个星云的距离和速度，埃德温·哈勃当年所用的数据。</translation>
    </message>
    <message>
        <source>The farther a nebula, the faster it moves away: Edwin Hubble saw it in these 24, a first sign that the universe expands. PNAS 15 (1929) 168, Table 1; public domain.</source>
        <translation>星云越远，远离得越快：埃德温·哈勃从这 24 个星云中看出了这一点，这是宇宙膨胀的最初迹象。PNAS 15 (1929) 168，表 1；公有领域。</translation>
    </message>
    <message>
        <source>distance</source>
        <translation>距离</translation>
    </message>
    <message>
        <source>velocity</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Iris 1936</source>
        <translation>鸢尾花 1936</translation>
    </message>
    <message>
        <source>Four lengths of 150 flowers, and which of three irises each is.</source>
        <translation>150 朵花的四项尺寸，以及各属三种鸢尾花中的哪一种。</translation>
    </message>
    <message>
        <source>50 flowers of each of three irises. One kind stands apart, the other two overlap: a few flowers nobody can tell by these lengths. R. A. Fisher, Annals of Eugenics 7 (1936) 179; UCI repository, CC BY 4.0.</source>
        <translation>三种鸢尾花各 50 朵。一种明显分开，另两种有重叠：有几朵花仅凭这些尺寸谁也分不清。R. A. Fisher, Annals of Eugenics 7 (1936) 179；UCI 数据库，CC BY 4.0。</translation>
    </message>
    <message>
        <source>sepal length</source>
        <translation>萼片长</translation>
    </message>
    <message>
        <source>sepal width</source>
        <translation>萼片宽</translation>
    </message>
    <message>
        <source>petal length</source>
        <translation>花瓣长</translation>
    </message>
    <message>
        <source>petal width</source>
        <translation>花瓣宽</translation>
    </message>
    <message>
        <source>iris</source>
        <translation>鸢尾花</translation>
    </message>
    <message>
        <source>True slope</source>
        <translation>真实斜率</translation>
    </message>
    <message>
        <source>How much the true y rises when x rises by 1.</source>
        <translation>x 增加 1 时真实 y 增加多少。</translation>
    </message>
    <message>
        <source>True intercept</source>
        <translation>真实截距</translation>
    </message>
    <message>
        <source>The true y at x = 0.</source>
        <translation>x = 0 处的真实 y。</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>直线</translation>
    </message>
    <message>
        <source>Points on a straight line, with random noise added to y.</source>
        <translation>一条直线上的点，y 上加随机噪声。</translation>
    </message>
    <message>
        <source>Outliers</source>
        <translation>离群点</translation>
    </message>
    <message>
        <source>Points on a straight line, with random noise, and a few that are far off. MSE pulls the line towards these, MAE and Huber hardly do.</source>
        <translation>一条直线上的点，带随机噪声，其中少数点偏离很远。MSE 会把拟合线拉向它们，MAE 和 Huber 几乎不受影响。</translation>
    </message>
    <message>
        <source>Outlier share</source>
        <translation>离群点比例</translation>
    </message>
    <message>
        <source>The chance of each point to be an outlier.</source>
        <translation>每个点成为离群点的概率。</translation>
    </message>
    <message>
        <source>Outlier size</source>
        <translation>离群幅度</translation>
    </message>
    <message>
        <source>How far above the others an outlier lies, in the unit of y; below 0: under them.</source>
        <translation>离群点比其他点高出多少，以 y 的单位计；小于 0 则在下方。</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>类别数</translation>
    </message>
    <message>
        <source>How many clouds there are, each a class of its own.</source>
        <translation>有多少个点团，每个点团是一个类别。</translation>
    </message>
    <message>
        <source>Blobs</source>
        <translation>点团</translation>
    </message>
    <message>
        <source>A round cloud of points for each class: a straight border tells two apart.</source>
        <translation>每个类别是一个圆形点团：用一条直的边界就能分开两个类别。</translation>
    </message>
    <message>
        <source>Circle</source>
        <translation>圆环</translation>
    </message>
    <message>
        <source>One class in the middle, the other around it: no straight border can do it.</source>
        <translation>一个类别在中间，另一个环绕在外：直的边界无法分开。</translation>
    </message>
    <message>
        <source>XOR</source>
        <translation>异或</translation>
    </message>
    <message>
        <source>Opposite quarters have one class: each input by itself says nothing, only both together.</source>
        <translation>相对的两个象限属于同一类别：单看一个输入什么也看不出，两个一起看才行。</translation>
    </message>
    <message>
        <source>Moons</source>
        <translation>双月</translation>
    </message>
    <message>
        <source>Two half moons, each reaching into the other.</source>
        <translation>两个半月形，彼此嵌入对方。</translation>
    </message>
    <message>
        <source>Spiral</source>
        <translation>螺旋</translation>
    </message>
    <message>
        <source>Arms of a spiral, one for each class: the hardest of these.</source>
        <translation>螺旋的旋臂，每个类别一条：这几种里最难的。</translation>
    </message>
    <message>
        <source>Test surfaces</source>
        <translation>测试曲面</translation>
    </message>
    <message>
        <source>Bowl</source>
        <translation>碗形</translation>
    </message>
    <message>
        <source>u² + v²: equally steep in every direction. No data.</source>
        <translation>u² + v²：各个方向一样陡。没有数据。</translation>
    </message>
    <message>
        <source>De Jong’s sphere (1975), lowest at (0, 0). The gradient points away from the minimum everywhere, so plain descent goes straight there.</source>
        <translation>De Jong 球面函数（1975），最低点在 (0, 0)。梯度处处背离最低点，所以普通梯度下降直奔最低点。</translation>
    </message>
    <message>
        <source>Steepness</source>
        <translation>陡峭程度</translation>
    </message>
    <message>
        <source>γ, how many times as curved the ravine is across as along: its condition number.</source>
        <translation>γ：峡谷横向的曲率是纵向的多少倍，也就是条件数。</translation>
    </message>
    <message>
        <source>Ravine</source>
        <translation>峡谷</translation>
    </message>
    <message>
        <source>(u² + γ·v²)/2: steep across, flat along. No data.</source>
        <translation>(u² + γ·v²)/2：横向陡，纵向平。没有数据。</translation>
    </message>
    <message>
        <source>The quadratic of Boyd and Vandenberghe’s “Convex Optimization” (2004, §9.3.2), lowest at (0, 0). What suits the steep direction is slow along the flat one: momentum helps.</source>
        <translation>Boyd 和 Vandenberghe 的《凸优化》（2004，§9.3.2）中的二次函数，最低点在 (0, 0)。适合陡峭方向的学习率在平缓方向上太慢：动量有帮助。</translation>
    </message>
    <message>
        <source>Saddle</source>
        <translation>鞍点</translation>
    </message>
    <message>
        <source>u² − v²: up along u, down along v, without end. No data.</source>
        <translation>u² − v²：沿 u 上升，沿 v 下降，没有尽头。没有数据。</translation>
    </message>
    <message>
        <source>At (0, 0) the slope is 0, but it is no minimum: there is none. Optimizers differ in how soon they leave it; beyond it the loss falls until it is no number.</source>
        <translation>(0, 0) 处的坡度为 0，但那不是最低点：这里根本没有最低点。不同的优化器离开它的快慢不同；离开之后，损失一直下降，直到超出数值范围。</translation>
    </message>
    <message>
        <source>Rosenbrock</source>
        <translation>Rosenbrock</translation>
    </message>
    <message>
        <source>(1 − u)² + 100·(v − u²)²: a bent valley. No data.</source>
        <translation>(1 − u)² + 100·(v − u²)²：一条弯曲的山谷。没有数据。</translation>
    </message>
    <message>
        <source>Rosenbrock’s function (1960), lowest at (1, 1), from its classic start (−1.2, 1). The valley is found at once; to follow it takes thousands of steps, and η must be small: 0.001 for plain descent.</source>
        <translation>Rosenbrock 函数（1960），最低点在 (1, 1)，从经典起点 (−1.2, 1) 出发。山谷很快就能找到，但沿着它走要上千步，而且 η 必须很小：普通梯度下降用 0.001。</translation>
    </message>
    <message>
        <source>Himmelblau</source>
        <translation>Himmelblau</translation>
    </message>
    <message>
        <source>(u² + v − 11)² + (u + v² − 7)²: four minima. No data.</source>
        <translation>(u² + v − 11)² + (u + v² − 7)²：四个最低点。没有数据。</translation>
    </message>
    <message>
        <source>Himmelblau’s function (1972): four minima, all with the value 0. Which one is found depends on the start and on the optimizer.</source>
        <translation>Himmelblau 函数（1972）：四个最低点，值都为 0。找到哪一个取决于起点和优化器。</translation>
    </message>
    <message>
        <source>Beale</source>
        <translation>Beale</translation>
    </message>
    <message>
        <source>Three squares of 1.5, 2.25 and 2.625 − u·(1 − vⁱ): flat, with steep walls. No data.</source>
        <translation>1.5、2.25 和 2.625 − u·(1 − vⁱ) 三项的平方和：平坦，四周是陡壁。没有数据。</translation>
    </message>
    <message>
        <source>Beale’s function (1958), lowest at (3, 0.5), from its classic start (1, 1). Between steep walls it is nearly flat, so one learning rate hardly suits both.</source>
        <translation>Beale 函数（1958），最低点在 (3, 0.5)，从经典起点 (1, 1) 出发。陡壁之间几乎是平的，一个学习率很难兼顾两者。</translation>
    </message>
    <message>
        <source>Learn</source>
        <translation>学习内容</translation>
    </message>
    <message>
        <source>What is learnt of the target: a number, or which class each of its values is.</source>
        <translation>从目标中学什么：一个数值，还是它的每个取值所属的类别。</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>classes</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Missing values</source>
        <translation>缺失值</translation>
    </message>
    <message>
        <source>Empty cells: refuse them, leave their rows out, or fill them with the mean of the training points (of texts the most frequent). Rows without a target are never filled.</source>
        <translation>遇到空单元格时：拒绝、舍去所在的行，或用训练点的平均值填补（文本用最常见的值）。没有目标值的行从不填补。</translation>
    </message>
    <message>
        <source>refuse</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <source>leave rows out</source>
        <translation>舍去该行</translation>
    </message>
    <message>
        <source>fill in</source>
        <translation>填补</translation>
    </message>
    <message>
        <source>CSV file</source>
        <translation>CSV 文件</translation>
    </message>
    <message>
        <source>Your own table: some columns of a CSV file, to learn another.</source>
        <translation>你自己的表格：用 CSV 文件中的一些列学习另一列。</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>The CSV file with your table.</source>
        <translation>含有你的表格的 CSV 文件。</translation>
    </message>
    <message>
        <source>Inputs</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>The columns that the model predicts from.</source>
        <translation>模型用来预测的列。</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>The column that the model learns to predict.</source>
        <translation>模型要学会预测的列。</translation>
    </message>
</context>
<context>
    <name>Desktop</name>
    <message>
        <source>On macOS the built app says itself which files it opens.</source>
        <translation>在 macOS 上，打包好的应用会自己声明能打开哪些文件。</translation>
    </message>
    <message>
        <source>GUITrain is in the menu, and .guitrain files open with it.</source>
        <translation>GUITrain 已加入菜单，.guitrain 文件会用它打开。</translation>
    </message>
    <message>
        <source>It is started by: {0}</source>
        <translation>启动命令：{0}</translation>
    </message>
    <message>
        <source>Its entries are in {0}; {1} takes them out again.</source>
        <translation>菜单项在 {0}；{1} 可将其移除。</translation>
    </message>
    <message>
        <source>There was nothing of GUITrain in {0}.</source>
        <translation>{0} 中没有 GUITrain 的内容。</translation>
    </message>
    <message>
        <source>GUITrain is out of the menu ({0}).</source>
        <translation>已从菜单中移除 GUITrain（{0}）。</translation>
    </message>
    <message>
        <source>{0} is not installed: the desktop takes note at the next login.</source>
        <translation>{0} 没有安装：下次登录后桌面才会更新。</translation>
    </message>
    <message>
        <source>The registry could not be written: {0}</source>
        <translation>无法写入注册表：{0}</translation>
    </message>
    <message>
        <source>{0} files open with GUITrain now.</source>
        <translation>{0} 文件现在用 GUITrain 打开。</translation>
    </message>
    <message>
        <source>{0} files open with GUITrain no longer.</source>
        <translation>{0} 文件不再用 GUITrain 打开。</translation>
    </message>
</context>
<context>
    <name>Drawing</name>
    <message>
        <source>x {0}, y {1}</source>
        <translation>x {0}，y {1}</translation>
    </message>
    <message>
        <source>x1 {0}, x2 {1}</source>
        <translation>x1 {0}，x2 {1}</translation>
    </message>
    <message>
        <source>Save the points</source>
        <translation>保存这些点</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
</context>
<context>
    <name>DrawingField</name>
    <message>
        <source>Edit these points</source>
        <translation>编辑这些点</translation>
    </message>
    <message>
        <source>Edit these points by hand</source>
        <translation>手动编辑这些点</translation>
    </message>
    <message>
        <source>Draw on from a copy of these training points: add, move and delete them</source>
        <translation>复制这些训练点继续绘制：可添加、移动和删除点</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清空</translation>
    </message>
    <message>
        <source>Delete all the points. Undo brings them back.</source>
        <translation>删除所有点。撤销可恢复。</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>Save the points as a CSV file</source>
        <translation>把这些点保存为 CSV 文件</translation>
    </message>
    <message>
        <source>no points yet</source>
        <translation>还没有点</translation>
    </message>
</context>
<context>
    <name>Events</name>
    <message>
        <source>from step {0} on: {1}</source>
        <translation>从第 {0} 步起：{1}</translation>
    </message>
</context>
<context>
    <name>Explanation</name>
    <message>
        <source>Explanation of a step</source>
        <translation>阶段说明</translation>
    </message>
    <message>
        <source>Click, or press Esc, to close</source>
        <translation>单击或按 Esc 关闭</translation>
    </message>
    <message>
        <source>Close the explanation</source>
        <translation>关闭说明</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>关闭（Esc）</translation>
    </message>
</context>
<context>
    <name>Export</name>
    <message>
        <source>Width and height must be from {low:g} to {high:g} millimetres.</source>
        <translation>宽度和高度必须在 {low:g} 到 {high:g} 毫米之间。</translation>
    </message>
    <message>
        <source>Width and height must be from {low:,} to {high:,} pixels.</source>
        <translation>宽度和高度必须在 {low:,} 到 {high:,} 像素之间。</translation>
    </message>
    <message>
        <source>At {dpi} dpi that makes {width:,} × {height:,} pixels, and each side can have from {low:,} to {high:,}. Choose another size or resolution.</source>
        <translation>分辨率为 {dpi} dpi 时图片为 {width:,} × {height:,} 像素，每边须在 {low:,} 到 {high:,} 像素之间。请换一个尺寸或分辨率。</translation>
    </message>
    <message>
        <source>The picture would have {count:,} pixels, and at most {most:,} can be painted. Make it smaller, or choose SVG or PDF, which stay sharp at any size.</source>
        <translation>图片将有 {count:,} 像素，而最多只能绘制 {most:,} 像素。请缩小图片，或选择任何尺寸下都清晰的 SVG 或 PDF。</translation>
    </message>
    <message>
        <source>The resolution must be from {low} to {high} dots per inch.</source>
        <translation>分辨率必须在每英寸 {low} 到 {high} 点之间。</translation>
    </message>
    <message>
        <source>There is not enough memory for a picture of {width} × {height} pixels. Make it smaller.</source>
        <translation>内存不足，无法生成 {width} × {height} 像素的图片。请缩小图片。</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Fit</source>
        <translation>拟合</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>地图</translation>
    </message>
    <message>
        <source>Gallery</source>
        <translation>图库</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Landscape</source>
        <translation>损失地形</translation>
    </message>
    <message>
        <source>Predicted vs true</source>
        <translation>预测值与真实值</translation>
    </message>
    <message>
        <source>ROC curves</source>
        <translation>ROC 曲线</translation>
    </message>
    <message>
        <source>Cycle</source>
        <translation>训练循环</translation>
    </message>
    <message>
        <source>Computation graph</source>
        <translation>计算图</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Gradients</source>
        <translation>梯度</translation>
    </message>
    <message>
        <source>Sweep</source>
        <translation>参数扫描</translation>
    </message>
    <message>
        <source>Export a plot</source>
        <translation>导出图表</translation>
    </message>
    <message>
        <source>pixels (px)</source>
        <translation>像素（px）</translation>
    </message>
    <message>
        <source>millimetres (mm)</source>
        <translation>毫米（mm）</translation>
    </message>
    <message>
        <source> dpi</source>
        <translation> dpi</translation>
    </message>
    <message>
        <source>as on the screen</source>
        <translation>与屏幕相同</translation>
    </message>
    <message>
        <source>large, for slides (150 %)</source>
        <translation>大，用于幻灯片（150%）</translation>
    </message>
    <message>
        <source>very large (200 %)</source>
        <translation>特大（200%）</translation>
    </message>
    <message>
        <source>Name the lines and points</source>
        <translation>标出线和点的名称</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Plot</source>
        <translation>图表</translation>
    </message>
    <message>
        <source>Which plot to save.</source>
        <translation>要保存的图表。</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>PNG is an image in pixels; SVG and PDF stay sharp at any size.</source>
        <translation>PNG 是像素图；SVG 和 PDF 在任何尺寸下都清晰。</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>The unit of width and height. In a PNG the resolution says how many pixels make an inch; in SVG and PDF 96 do, as on web pages.</source>
        <translation>宽度和高度的单位。PNG 每英寸的像素数由分辨率决定；SVG 和 PDF 每英寸为 96 像素，与网页相同。</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>Width of the picture.</source>
        <translation>图片的宽度。</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>Height of the picture.</source>
        <translation>图片的高度。</translation>
    </message>
    <message>
        <source>Resolution</source>
        <translation>分辨率</translation>
    </message>
    <message>
        <source>Pixels per inch of paper: more make text and lines larger in pixels.</source>
        <translation>纸面上每英寸的像素数：越多，文字和线条占的像素越多。</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>How large text and lines are in the picture.</source>
        <translation>图片中文字和线条的大小。</translation>
    </message>
    <message>
        <source>Legend</source>
        <translation>图例</translation>
    </message>
    <message>
        <source>A box in the plot with the names of its lines and points.</source>
        <translation>图表中的方框，列出线和点的名称。</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>A heading above the plot; leave it empty for none.</source>
        <translation>图表上方的标题，留空则没有。</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>&amp;Plot</source>
        <translation>图表(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Format</source>
        <translation>格式(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Unit</source>
        <translation>单位(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Width</source>
        <translation>宽度(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Height</source>
        <translation>高度(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Resolution</source>
        <translation>分辨率(&amp;R)</translation>
    </message>
    <message>
        <source>Te&amp;xt</source>
        <translation>文字(&amp;X)</translation>
    </message>
    <message>
        <source>&amp;Legend</source>
        <translation>图例(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>标题(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Save…</source>
        <translation>保存(&amp;S)…</translation>
    </message>
    <message>
        <source>Choose a file and write the picture to it.</source>
        <translation>选择文件，把图片写入其中。</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <source>Put the picture on the clipboard, to paste it into another program.</source>
        <translation>把图片放到剪贴板，以便粘贴到其他程序。</translation>
    </message>
    <message>
        <source>Save &amp;all…</source>
        <translation>全部保存(&amp;A)…</translation>
    </message>
    <message>
        <source>Choose a folder, and write every plot of the list to it.</source>
        <translation>选择文件夹，把列表中的所有图表写入其中。</translation>
    </message>
    <message>
        <source> px</source>
        <translation> px</translation>
    </message>
    <message>
        <source> mm</source>
        <translation> mm</translation>
    </message>
    <message>
        <source>{kind} pictures (*.{ending})</source>
        <translation>{kind} 图片 (*.{ending})</translation>
    </message>
    <message>
        <source>Export all plots</source>
        <translation>导出所有图表</translation>
    </message>
</context>
<context>
    <name>Exports</name>
    <message>
        <source>Report…</source>
        <translation>报告…</translation>
    </message>
    <message>
        <source>Plot…</source>
        <translation>图表…</translation>
    </message>
    <message>
        <source>Film…</source>
        <translation>动画…</translation>
    </message>
    <message>
        <source>History as CSV…</source>
        <translation>训练历史（CSV）…</translation>
    </message>
    <message>
        <source>History as NumPy arrays…</source>
        <translation>训练历史（NumPy 数组）…</translation>
    </message>
    <message>
        <source>Predictions as CSV…</source>
        <translation>预测值（CSV）…</translation>
    </message>
    <message>
        <source>Table of runs as CSV…</source>
        <translation>运行记录表（CSV）…</translation>
    </message>
    <message>
        <source>Runs for TensorBoard…</source>
        <translation>TensorBoard 运行记录…</translation>
    </message>
    <message>
        <source>Python script…</source>
        <translation>Python 脚本…</translation>
    </message>
    <message>
        <source>Jupyter notebook…</source>
        <translation>Jupyter 笔记本…</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>There is no run yet. Draw a point, or choose data.</source>
        <translation>还没有运行。请画一个点，或选择数据。</translation>
    </message>
</context>
<context>
    <name>Files</name>
    <message>
        <source>{path} cannot be written: it, or its folder, is read-only. Choose another folder, or change its permissions.</source>
        <translation>无法写入 {path}：文件或所在文件夹是只读的。请换一个文件夹，或更改权限。</translation>
    </message>
    <message>
        <source>{path} cannot be written: its folder does not exist. Choose another folder.</source>
        <translation>无法写入 {path}：所在文件夹不存在。请换一个文件夹。</translation>
    </message>
    <message>
        <source>{path} was not written: the disk is full. What was there before is unchanged. Free some space or choose another disk, then try again.</source>
        <translation>没有写入 {path}：磁盘已满。原有内容没有改变。请腾出空间或换一个磁盘，然后重试。</translation>
    </message>
    <message>
        <source>{path} is in use by another program. Close it there, then try again.</source>
        <translation>{path} 正被另一个程序使用。请在那个程序中关闭它，然后重试。</translation>
    </message>
    <message>
        <source>{path} is a folder, so no file can be written under that name. Choose another name.</source>
        <translation>{path} 是文件夹，不能用这个名称写入文件。请换一个名称。</translation>
    </message>
    <message>
        <source>{path} is a folder with files in it, which would be lost. Choose another name.</source>
        <translation>{path} 是含有文件的文件夹，覆盖会丢失其中的文件。请换一个名称。</translation>
    </message>
    <message>
        <source>{path} is a file, so no folder can have that name. Choose another folder.</source>
        <translation>{path} 是文件，文件夹不能用这个名称。请换一个文件夹。</translation>
    </message>
    <message>
        <source>{path} is not an ordinary file. Choose another file.</source>
        <translation>{path} 不是普通文件。请换一个文件。</translation>
    </message>
    <message>
        <source>{path} was not written: {detail}. What was there before is unchanged. Choose another place, then try again.</source>
        <translation>没有写入 {path}：{detail}。原有内容没有改变。请换一个位置，然后重试。</translation>
    </message>
    <message>
        <source>There is no file {path}. Check its name and folder.</source>
        <translation>文件 {path} 不存在。请检查名称和文件夹。</translation>
    </message>
    <message>
        <source>{path} is a folder. Choose a file in it.</source>
        <translation>{path} 是文件夹。请选择其中的文件。</translation>
    </message>
    <message>
        <source>You have no permission to read {path}. Change that, or choose another file.</source>
        <translation>没有读取 {path} 的权限。请更改权限，或换一个文件。</translation>
    </message>
    <message>
        <source>{file} is too big: {size}, and at most {limit} can be read. Save a part of it as a file of its own.</source>
        <translation>{file} 太大：{size}，而最多只能读取 {limit}。请把其中一部分另存为一个文件。</translation>
    </message>
    <message>
        <source>{path} could not be read: {detail}. Try again, or choose another file.</source>
        <translation>无法读取 {path}：{detail}。请重试，或换一个文件。</translation>
    </message>
    <message>
        <source>{file} is not a text file. Save the table as CSV, in UTF-8, and open that.</source>
        <translation>{file} 不是文本文件。请把表格保存为 UTF-8 编码的 CSV，再打开它。</translation>
    </message>
    <message>
        <source>{file} is empty. Choose a file with columns of values.</source>
        <translation>{file} 是空的。请选择含有数据列的文件。</translation>
    </message>
    <message>
        <source>{file} has column names but no rows of values. Add at least two rows.</source>
        <translation>{file} 有列名但没有数据行。请至少添加两行。</translation>
    </message>
    <message>
        <source>{file} has one row of values only. At least two are needed; add more.</source>
        <translation>{file} 只有一行数据，至少需要两行。请再添加一些。</translation>
    </message>
    <message>
        <source>{file} has one column only, and an input and a target are both needed. Separate columns by a comma, a semicolon, a tab or a vertical bar.</source>
        <translation>{file} 只有一列，而输入和目标各需要一列。请用逗号、分号、制表符或竖线分隔各列。</translation>
    </message>
    <message>
        <source>{file} has {found} columns, and at most {most} can be read. Save the columns needed as a file of their own.</source>
        <translation>{file} 有 {found} 列，而最多只能读取 {most} 列。请把需要的列另存为一个文件。</translation>
    </message>
    <message>
        <source>{file} has more than {most} rows, the most that can be read. Save a part of it as a file of its own.</source>
        <translation>{file} 超过 {most} 行，这是能读取的上限。请把其中一部分另存为一个文件。</translation>
    </message>
    <message>
        <source>Line {line} of {file} has {found} cells where {expected} are expected. Correct that line in the file.</source>
        <translation>{file} 的第 {line} 行有 {found} 个单元格，应为 {expected} 个。请改正文件中的这一行。</translation>
    </message>
    <message>
        <source>A quotation mark does not match in {file}, in the row that starts in line {line}. Correct that line in the file.</source>
        <translation>{file} 中从第 {line} 行开始的一行里，引号不配对。请改正文件中的这一行。</translation>
    </message>
    <message>
        <source>{file} needs two columns with values, an input and a target. Such columns found: {found}.</source>
        <translation>{file} 需要两列有值的数据：一列输入，一列目标。找到的此类列：{found}。</translation>
    </message>
    <message>
        <source>{file} has no column “{column}”. Its columns are: {columns}.</source>
        <translation>{file} 中没有“{column}”列。现有的列：{columns}。</translation>
    </message>
    <message>
        <source>Line {line} of {file} has “{text}” in column “{column}”, which is not a number (such cells in the column: {count}). Correct the file, or choose another column.</source>
        <translation>{file} 第 {line} 行“{column}”列中的“{text}”不是数字（该列中此类单元格：{count} 个）。请改正文件，或选择另一列。</translation>
    </message>
    <message>
        <source>Line {line} of {file} has “{text}” in column “{column}”, which looks like a number with thousands separators (cells that cannot be read in the column: {count}). Save the numbers without them, as in 1234.5, and open the file again.</source>
        <translation>{file} 第 {line} 行“{column}”列中的“{text}”像是带千位分隔符的数字（该列中无法读取的单元格：{count} 个）。请去掉分隔符，写成 1234.5 的形式，再打开文件。</translation>
    </message>
    <message>
        <source>Line {line} of {file} has “{text}” in column “{column}”, which is no finite number (missing or infinite cells in the column: {count}). Correct the file, or choose to leave such rows out or to fill them in.</source>
        <translation>{file} 第 {line} 行“{column}”列中的“{text}”不是有限的数（该列中缺失或无穷的单元格：{count} 个）。请改正文件，或选择舍去这些行或填补缺失值。</translation>
    </message>
    <message>
        <source>Line {line} of {file} has an empty cell in column “{column}” (missing or infinite cells in the column: {count}). Correct the file, or choose to leave such rows out or to fill them in.</source>
        <translation>{file} 第 {line} 行“{column}”列的单元格是空的（该列中缺失或无穷的单元格：{count} 个）。请改正文件，或选择舍去这些行或填补缺失值。</translation>
    </message>
    <message>
        <source>Once rows with missing values are left out, {file} has {left} rows of the columns chosen ({dropped} left out). At least two are needed; choose other columns.</source>
        <translation>舍去有缺失值的行后，{file} 在所选列中只剩 {left} 行（舍去了 {dropped} 行），至少需要两行。请选择其他列。</translation>
    </message>
    <message>
        <source>Column “{column}” of {file} has more than {most} different texts, too many to tell apart: names or notes, perhaps. Choose another column.</source>
        <translation>{file} 的“{column}”列中有超过 {most} 种不同的文本，太多而无法区分，可能是名称或备注。请选择另一列。</translation>
    </message>
    <message>
        <source>{file} is not an experiment of GUITrain. Choose a file whose name ends in .guitrain, or open a table of numbers as CSV.</source>
        <translation>{file} 不是 GUITrain 的实验文件。请选择以 .guitrain 结尾的文件，或把数据表作为 CSV 打开。</translation>
    </message>
    <message>
        <source>{file} was saved by a newer GUITrain (its format is {found}; this one reads up to {known}). Update GUITrain to open it.</source>
        <translation>{file} 由更新版本的 GUITrain 保存（其格式为 {found}，本版本最高支持 {known}）。请更新 GUITrain 后再打开。</translation>
    </message>
    <message>
        <source>{file} is damaged ({detail}): a part of it is missing or was changed. Nothing was opened; take another copy of the file.</source>
        <translation>{file} 已损坏（{detail}）：其中一部分缺失或被改动。没有打开任何内容，请使用文件的另一份副本。</translation>
    </message>
    <message>
        <source>{file} was not opened, for what is here could not be kept first: {reason} Save it with File, Save as, and open {file} again.</source>
        <translation>没有打开 {file}，因为没能先保留这里的内容：{reason}请用“文件”里的“另存为…”保存它，再打开 {file}。</translation>
    </message>
    <message>
        <source>{file} was not saved, for there is no run yet. Draw a point, or choose data, and save again.</source>
        <translation>没有保存 {file}：还没有任何运行。请先画一个点或选择数据，再保存。</translation>
    </message>
    <message>
        <source>{file} was not opened, for this GUITrain cannot run its experiment. {reason}</source>
        <translation>没有打开 {file}：这个版本的 GUITrain 无法运行其中的实验。{reason}</translation>
    </message>
    <message>
        <source>{file} is no model that can be opened: it holds no weights by name, or more than weights. Nothing in it was carried out. Choose a .safetensors file, or a .pt file of a state_dict.</source>
        <translation>{file} 不是能打开的模型：其中没有带名称的权重，或除权重外还有其他内容。文件中的任何代码都没有执行。请选择 .safetensors 文件，或 state_dict 的 .pt 文件。</translation>
    </message>
    <message>
        <source>{file} is a model for other programs, which cannot be trained on. Open the same model as .safetensors or .pt.</source>
        <translation>{file} 是供其他程序使用的模型，不能继续训练。请打开同一模型的 .safetensors 或 .pt 文件。</translation>
    </message>
    <message>
        <source>{file} has no weights “{name}” of shape {shape}, and the model here ({model}) has. Choose the model under Model that the file was saved of, and open it again. In the file are: {known}.</source>
        <translation>{file} 中没有形状为 {shape} 的权重“{name}”，而当前模型（{model}）需要它。请在“模型”中选择保存该文件时的模型，再打开一次。文件中有：{known}。</translation>
    </message>
    <message>
        <source>{file} has weights “{name}”, and the model here ({model}) has none of that name. Choose the model under Model that the file was saved of, and open it again.</source>
        <translation>{file} 中有权重“{name}”，而当前模型（{model}）没有这个名称的权重。请在“模型”中选择保存该文件时的模型，再打开一次。</translation>
    </message>
    <message>
        <source>“{name}” has the shape {found} in {file}, and in the model here ({model}) it has {shape}. Choose the model under Model that the file was saved of, and open it again.</source>
        <translation>“{name}”在 {file} 中的形状是 {found}，而在当前模型（{model}）中是 {shape}。请在“模型”中选择保存该文件时的模型，再打开一次。</translation>
    </message>
    <message>
        <source>“{name}” in {file} is of {found}, and weights are of float32. Save the model again as float32.</source>
        <translation>{file} 中“{name}”的类型是 {found}，而权重应为 float32。请把模型重新保存为 float32。</translation>
    </message>
    <message>
        <source>{file} was not opened. {reason}</source>
        <translation>没有打开 {file}。{reason}</translation>
    </message>
    <message>
        <source>{file} has weights alone, and there is no model here that they could be laid into. Choose data and the model that the file was saved of, and open it again.</source>
        <translation>{file} 只含权重，而当前没有可以载入这些权重的模型。请选择数据和保存该文件时的模型，再打开一次。</translation>
    </message>
    <message>
        <source>{file} does not say which experiment its weights are of. Choose a .safetensors file that GUITrain has saved.</source>
        <translation>{file} 没有说明其中的权重属于哪个实验。请选择由 GUITrain 保存的 .safetensors 文件。</translation>
    </message>
    <message>
        <source>{file} was not saved: a test surface has no data, so its two parameters are no model of anything. Export the history.</source>
        <translation>没有保存 {file}：测试曲面没有数据，它的两个参数不构成模型。请导出训练历史。</translation>
    </message>
    <message>
        <source>{file} was not saved: its experiment has data of {size}, and at most {limit} go into such a file. Save the weights alone (.pt), or the experiment (.guitrain).</source>
        <translation>没有保存 {file}：其实验的数据有 {size}，而这种文件最多容纳 {limit}。请只保存权重（.pt），或保存实验（.guitrain）。</translation>
    </message>
    <message>
        <source>{file} was not saved: PyTorch cannot write this model so ({detail}). Save the weights as .pt.</source>
        <translation>没有保存 {file}：PyTorch 无法把这个模型写成这种格式（{detail}）。请把权重保存为 .pt。</translation>
    </message>
    <message>
        <source>{file} needs the extra “{extra}”, which is not installed here. In a terminal, {command} installs it; then try again.</source>
        <translation>{file} 需要可选组件“{extra}”，这里没有安装。在终端中用 {command} 安装，然后重试。</translation>
    </message>
    <message>
        <source>{file} needs the extra “{extra}”, which this build of GUITrain does not hold. {instead} Or start GUITrain with Python (main.py), where it can be installed.</source>
        <translation>{file} 需要可选组件“{extra}”，打包版 GUITrain 中没有。{instead}也可以用 Python 启动 GUITrain（main.py），在那里安装该组件。</translation>
    </message>
    <message>
        <source>{file} has no rows to predict for. Add some under the names of its columns.</source>
        <translation>{file} 中没有可预测的行。请在列名下面添加一些。</translation>
    </message>
    <message>
        <source>{file} has {found} columns without names, and the model takes {expected}: {names}. Name the columns in the first row, or leave out the others.</source>
        <translation>{file} 有 {found} 列，没有列名，而模型需要 {expected} 列：{names}。请在第一行写上列名，或去掉多余的列。</translation>
    </message>
    <message>
        <source>{file} has no column “{column}”, which the model takes. Its columns are: {columns}. Add that column, or correct its name in the first row.</source>
        <translation>{file} 中没有模型需要的“{column}”列。现有的列：{columns}。请添加该列，或改正第一行中的列名。</translation>
    </message>
    <message>
        <source>Line {line} of {file} has “{text}” in column “{column}”, where the model takes a number such as 1234.5. Correct that cell.</source>
        <translation>{file} 第 {line} 行“{column}”列中是“{text}”，而模型需要 1234.5 这样的数字。请改正该单元格。</translation>
    </message>
    <message>
        <source>Line {line} of {file} has “{text}” in column “{column}”, of which the model has learnt nothing: it knows {known}. Correct that cell, or leave out the row.</source>
        <translation>{file} 第 {line} 行“{column}”列中是“{text}”，模型没有学过这个值：它只认识 {known}。请改正该单元格，或去掉该行。</translation>
    </message>
    <message>
        <source>Line {line} of {file} has no value in column “{column}”, which the model takes. Fill in that cell, or leave out the row.</source>
        <translation>{file} 第 {line} 行没有模型需要的“{column}”列的值。请填写该单元格，或去掉该行。</translation>
    </message>
    <message>
        <source>{file} is not a lesson of GUITrain. Choose a file that holds a lesson.</source>
        <translation>{file} 不是 GUITrain 的课程。请选择课程文件。</translation>
    </message>
    <message>
        <source>{file} was made for a newer GUITrain (its format is {found}; this one reads up to {known}). Update GUITrain to read it.</source>
        <translation>{file} 是为更新版本的 GUITrain 制作的（其格式为 {found}，本版本最高支持 {known}）。请更新 GUITrain 后再打开。</translation>
    </message>
    <message>
        <source>{file} cannot be read as a lesson: this part of it is missing or wrong ({detail}). Correct it, or choose another file.</source>
        <translation>{file} 不能作为课程读取：这一部分缺失或有误（{detail}）。请改正它，或换一个文件。</translation>
    </message>
    <message>
        <source>there is not enough memory</source>
        <translation>内存不足</translation>
    </message>
    <message>
        <source>Take a .pt file, which holds the same weights.</source>
        <translation>请改用 .pt 文件，其中的权重相同。</translation>
    </message>
    <message>
        <source>Save the history as CSV or as NumPy arrays.</source>
        <translation>请把训练历史保存为 CSV 或 NumPy 数组。</translation>
    </message>
    <message>
        <source>Save it as .pt2, which holds the whole model too.</source>
        <translation>请保存为 .pt2，其中同样包含整个模型。</translation>
    </message>
</context>
<context>
    <name>Film</name>
    <message>
        <source>ffmpeg did not make the film; it says: {0}. Choose GIF or PNG, or another folder.</source>
        <translation>ffmpeg 没有生成动画，它报告：{0}。请选择 GIF 或 PNG，或换一个文件夹。</translation>
    </message>
</context>
<context>
    <name>FilmDialog</name>
    <message>
        <source>Export a film</source>
        <translation>导出动画</translation>
    </message>
    <message>
        <source>GIF, animated</source>
        <translation>GIF 动图</translation>
    </message>
    <message>
        <source>PNG, a numbered series</source>
        <translation>PNG 编号序列</translation>
    </message>
    <message>
        <source>MP4 (H.264)</source>
        <translation>MP4 (H.264)</translation>
    </message>
    <message>
        <source>WebM (VP9)</source>
        <translation>WebM (VP9)</translation>
    </message>
    <message>
        <source> px</source>
        <translation> px</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>MP4 and WebM need the program ffmpeg, which was not found on this computer&apos;s PATH.</source>
        <translation>MP4 和 WebM 需要 ffmpeg 程序，而在本机的 PATH 中没有找到它。</translation>
    </message>
    <message>
        <source>Plot</source>
        <translation>图表</translation>
    </message>
    <message>
        <source>Which plot to film.</source>
        <translation>要制成动画的图表。</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>A GIF plays anywhere; a series of PNGs is for a video editor.</source>
        <translation>GIF 在哪里都能播放；PNG 序列用于视频编辑软件。</translation>
    </message>
    <message>
        <source>From step</source>
        <translation>起始步</translation>
    </message>
    <message>
        <source>The step of the first frame: so many updates are done (0: none).</source>
        <translation>第一帧所在的步：此时已完成的更新次数（0：还没有更新）。</translation>
    </message>
    <message>
        <source>To step</source>
        <translation>结束步</translation>
    </message>
    <message>
        <source>The step of the last frame.</source>
        <translation>最后一帧所在的步。</translation>
    </message>
    <message>
        <source>Steps per frame</source>
        <translation>每帧步数</translation>
    </message>
    <message>
        <source>How many updates lie between a frame and the next.</source>
        <translation>相邻两帧之间的更新次数。</translation>
    </message>
    <message>
        <source>Frames per second</source>
        <translation>每秒帧数</translation>
    </message>
    <message>
        <source>How fast the film is played: more is faster.</source>
        <translation>动画播放的快慢：数值越大越快。</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>Width of the film.</source>
        <translation>动画的宽度。</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>Height of the film.</source>
        <translation>动画的高度。</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>A heading above the plot; leave it empty for none.</source>
        <translation>图表上方的标题；留空则没有标题。</translation>
    </message>
    <message>
        <source>Frames and length</source>
        <translation>帧数与时长</translation>
    </message>
    <message>
        <source>Formats</source>
        <translation>格式说明</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Frames done</source>
        <translation>已完成的帧</translation>
    </message>
    <message>
        <source>&amp;Plot</source>
        <translation>图表(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Format</source>
        <translation>格式(&amp;F)</translation>
    </message>
    <message>
        <source>to</source>
        <translation>到</translation>
    </message>
    <message>
        <source>From &amp;step</source>
        <translation>步数范围(&amp;S)</translation>
    </message>
    <message>
        <source>Steps per f&amp;rame</source>
        <translation>每帧步数(&amp;R)</translation>
    </message>
    <message>
        <source>Frames per s&amp;econd</source>
        <translation>每秒帧数(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Width × height</source>
        <translation>宽 × 高(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>标题(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Make…</source>
        <translation>制作(&amp;M)…</translation>
    </message>
    <message>
        <source>Choose where the film goes, and make it.</source>
        <translation>选择动画的保存位置，然后开始制作。</translation>
    </message>
    <message>
        <source>Make the film</source>
        <translation>制作动画</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Close this; a film in the making is given up.</source>
        <translation>关闭对话框；正在制作的动画会被放弃。</translation>
    </message>
    <message>
        <source>The first step is after the last one. Choose an earlier one.</source>
        <translation>起始步在结束步之后。请选择更早的一步。</translation>
    </message>
    <message>
        <source>That makes {count:,} frames, and a film has {most:,} at most. Take more steps per frame, or a shorter part of the run.</source>
        <translation>这样有 {count:,} 帧，而动画最多 {most:,} 帧。请增加每帧步数，或只取运行的一小段。</translation>
    </message>
    <message>
        <source>1 frame</source>
        <translation>1 帧</translation>
    </message>
    <message>
        <source>{0:,} frames</source>
        <translation>{0:,} 帧</translation>
    </message>
    <message>
        <source>{0}, {1:.1f} seconds</source>
        <translation>{0}，{1:.1f} 秒</translation>
    </message>
    <message>
        <source>{kind} films (*.{ending})</source>
        <translation>{kind} 动画 (*.{ending})</translation>
    </message>
    <message>
        <source>{0} is there: {1}.</source>
        <translation>{0} 已生成：{1}。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Given up: nothing was written.</source>
        <translation>已放弃：没有写入任何内容。</translation>
    </message>
</context>
<context>
    <name>FilmMaking</name>
    <message>
        <source>The film was not made: its run is no longer kept. Open this dialog again to film the run in hand.</source>
        <translation>没有制作动画：这次运行已不再保留。请重新打开此对话框，为当前运行制作动画。</translation>
    </message>
    <message>
        <source>The film was not made, for training it again went wrong: {0}</source>
        <translation>没有制作动画：重新训练时出错：{0}</translation>
    </message>
</context>
<context>
    <name>FitPlot</name>
    <message>
        <source>Fit: the data points and the line or curve being learnt</source>
        <translation>拟合：数据点与正在学习的直线或曲线</translation>
    </message>
    <message>
        <source>Click to add points: one is enough to begin.
Insert adds one too, and the arrow keys move it.</source>
        <translation>单击添加点：有一个点就可以开始。
也可以按 Insert 添加点，再用方向键移动它。</translation>
    </message>
    <message>
        <source>showing {shown} of {all} points</source>
        <translation>显示 {all} 个点中的 {shown} 个</translation>
    </message>
    <message>
        <source>training data · {count} points</source>
        <translation>训练数据 · {count} 个点</translation>
    </message>
    <message>
        <source>training data · 1 point</source>
        <translation>训练数据 · 1 个点</translation>
    </message>
    <message>
        <source>validation data · {count} points</source>
        <translation>验证数据 · {count} 个点</translation>
    </message>
    <message>
        <source>validation data · 1 point</source>
        <translation>验证数据 · 1 个点</translation>
    </message>
    <message>
        <source>test data · {count} points</source>
        <translation>测试数据 · {count} 个点</translation>
    </message>
    <message>
        <source>learnt line</source>
        <translation>拟合线</translation>
    </message>
    <message>
        <source>learnt curve</source>
        <translation>拟合曲线</translation>
    </message>
    <message>
        <source>true curve</source>
        <translation>真实曲线</translation>
    </message>
    <message>
        <source>true line</source>
        <translation>真实直线</translation>
    </message>
    <message>
        <source>true step</source>
        <translation>真实阶跃</translation>
    </message>
    <message>
        <source>least-squares line</source>
        <translation>最小二乘直线</translation>
    </message>
    <message>
        <source>least-squares polynomial</source>
        <translation>最小二乘多项式</translation>
    </message>
    <message>
        <source>least-squares polynomial, no penalty</source>
        <translation>最小二乘多项式（无惩罚项）</translation>
    </message>
    <message>
        <source>least-squares line, no penalty</source>
        <translation>最小二乘直线（无惩罚项）</translation>
    </message>
    <message>
        <source>residuals ŷ − y</source>
        <translation>残差 ŷ − y</translation>
    </message>
    <message>
        <source>prediction</source>
        <translation>预测值</translation>
    </message>
    <message>
        <source>prediction outside the data</source>
        <translation>数据范围外的预测值</translation>
    </message>
    <message>
        <source>its true value</source>
        <translation>对应的真实值</translation>
    </message>
</context>
<context>
    <name>FitViews</name>
    <message>
        <source>Each mark is one of the data; behind them is what the model says there</source>
        <translation>每个标记是一个数据点，背景是模型在该处的预测</translation>
    </message>
</context>
<context>
    <name>Flow</name>
    <message>
        <source>next step</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>no data: a surface</source>
        <translation>没有数据：曲面</translation>
    </message>
    <message>
        <source>{0} points</source>
        <translation>{0} 个点</translation>
    </message>
    <message>
        <source>{0} point</source>
        <translation>{0} 个点</translation>
    </message>
    <message>
        <source>{0} weights</source>
        <translation>{0} 个权重</translation>
    </message>
    <message>
        <source>mean {0}</source>
        <translation>平均 {0}</translation>
    </message>
    <message>
        <source>penalty</source>
        <translation>惩罚项</translation>
    </message>
    <message>
        <source>no data to test on</source>
        <translation>没有可测试的数据</translation>
    </message>
    <message>
        <source>no data</source>
        <translation>没有数据</translation>
    </message>
    <message>
        <source>test {0}</source>
        <translation>测试 {0}</translation>
    </message>
    <message>
        <source>no test points</source>
        <translation>没有测试点</translation>
    </message>
    <message>
        <source>unseen points</source>
        <translation>未见过的点</translation>
    </message>
    <message>
        <source>{0} unseen points</source>
        <translation>{0} 个未见过的点</translation>
    </message>
    <message>
        <source>{0} unseen point</source>
        <translation>{0} 个未见过的点</translation>
    </message>
    <message>
        <source>nothing to predict</source>
        <translation>没有可预测的</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>new x → class</source>
        <translation>新 x → 类别</translation>
    </message>
    <message>
        <source>new x → ŷ</source>
        <translation>新 x → ŷ</translation>
    </message>
    <message>
        <source>1 prediction</source>
        <translation>1 个预测</translation>
    </message>
    <message>
        <source>{0} predictions</source>
        <translation>{0} 个预测</translation>
    </message>
    <message>
        <source>The cycle of training, as a flow chart</source>
        <translation>训练循环流程图</translation>
    </message>
    <message>
        <source>Click a box to have it explained</source>
        <translation>单击方框查看说明</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>before the first update</source>
        <translation>首次更新之前</translation>
    </message>
    <message>
        <source>after step {0}</source>
        <translation>第 {0} 步之后</translation>
    </message>
    <message>
        <source>after epoch {0}</source>
        <translation>第 {0} 轮之后</translation>
    </message>
    <message>
        <source>epoch {0}</source>
        <translation>第 {0} 轮</translation>
    </message>
    <message>
        <source>batch {0} of {1}</source>
        <translation>批次 {0}/{1}</translation>
    </message>
    <message>
        <source>stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>keep going</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>{0} epochs</source>
        <translation>{0} 轮</translation>
    </message>
    <message>
        <source>epoch {0} of {1}</source>
        <translation>第 {0}/{1} 轮</translation>
    </message>
    <message>
        <source>loss ≤ {0}?</source>
        <translation>损失 ≤ {0}？</translation>
    </message>
    <message>
        <source>loss {0} &gt; target {1}</source>
        <translation>损失 {0} &gt; 目标 {1}</translation>
    </message>
    <message>
        <source>no fall for {0} epochs?</source>
        <translation>连续 {0} 轮未下降？</translation>
    </message>
    <message>
        <source>no fall for {0}?</source>
        <translation>{0} 轮未降？</translation>
    </message>
    <message>
        <source>no fall for {1} of {0} epochs</source>
        <translation>已 {1}/{0} 轮未下降</translation>
    </message>
    <message>
        <source>no fall for {1} of {0}</source>
        <translation>{1}/{0} 轮未降</translation>
    </message>
    <message>
        <source>no new lowest validation loss for {0} epochs?</source>
        <translation>验证损失连续 {0} 轮无新低？</translation>
    </message>
    <message>
        <source>no new lowest for {0} epochs?</source>
        <translation>连续 {0} 轮无新低？</translation>
    </message>
    <message>
        <source>no low for {0}?</source>
        <translation>{0} 轮无新低？</translation>
    </message>
    <message>
        <source>validation loss {2}, lowest {3}: {1} of {0} epochs ago</source>
        <translation>验证损失 {2}，最低 {3}：已过 {1}/{0} 轮</translation>
    </message>
    <message>
        <source>validation {2}, lowest {3}: {1} of {0} ago</source>
        <translation>验证 {2}，最低 {3}：已过 {1}/{0} 轮</translation>
    </message>
    <message>
        <source>no new lowest for {1} of {0}</source>
        <translation>已 {1}/{0} 轮无新低</translation>
    </message>
    <message>
        <source>no low for {1} of {0}</source>
        <translation>{1}/{0} 轮无新低</translation>
    </message>
    <message>
        <source>the loss is not finite</source>
        <translation>损失不是有限值</translation>
    </message>
    <message>
        <source>loss not finite</source>
        <translation>损失非有限</translation>
    </message>
    <message>
        <source>loss {0} ≤ target {1}</source>
        <translation>损失 {0} ≤ 目标 {1}</translation>
    </message>
    <message>
        <source>no fall for {0} epochs</source>
        <translation>连续 {0} 轮未下降</translation>
    </message>
    <message>
        <source>no fall for {0}</source>
        <translation>{0} 轮未降</translation>
    </message>
    <message>
        <source>no new lowest validation loss for {0} epochs</source>
        <translation>验证损失连续 {0} 轮无新低</translation>
    </message>
    <message>
        <source>no new lowest for {0} epochs</source>
        <translation>连续 {0} 轮无新低</translation>
    </message>
    <message>
        <source>no low for {0}</source>
        <translation>{0} 轮无新低</translation>
    </message>
    <message>
        <source>epoch {0} of {0} done</source>
        <translation>已完成 {0}/{0} 轮</translation>
    </message>
</context>
<context>
    <name>FlowLegend</name>
    <message>
        <source>→ values forward</source>
        <translation>→ 数值向前</translation>
    </message>
    <message>
        <source>⇠ gradients back</source>
        <translation>⇠ 梯度向后</translation>
    </message>
</context>
<context>
    <name>Gallery</name>
    <message>
        <source>Gallery: the images, and what the model says of each</source>
        <translation>图库：各个图像，以及模型对它们的预测</translation>
    </message>
    <message>
        <source>No test images: raise the test share to have some.</source>
        <translation>没有测试图像：增大测试占比即可得到一些。</translation>
    </message>
    <message>
        <source>No answer is wrong here.</source>
        <translation>这里没有预测错误的。</translation>
    </message>
</context>
<context>
    <name>GalleryPanel</name>
    <message>
        <source>Training images</source>
        <translation>训练图像</translation>
    </message>
    <message>
        <source>Test images</source>
        <translation>测试图像</translation>
    </message>
    <message>
        <source>Which images are shown</source>
        <translation>显示哪些图像</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Wrong only</source>
        <translation>仅错误</translation>
    </message>
    <message>
        <source>All of them, or those whose answer is wrong</source>
        <translation>显示全部图像，或只显示预测错误的</translation>
    </message>
    <message>
        <source>The page before</source>
        <translation>上一页</translation>
    </message>
    <message>
        <source>The next page</source>
        <translation>下一页</translation>
    </message>
    <message>
        <source>What is said of the images</source>
        <translation>图像上的标注</translation>
    </message>
    <message>
        <source>The true class, then ✓, or ✗ and the wrong answer, then its probability</source>
        <translation>先是真实类别，再是 ✓，或 ✗ 和错误的预测，最后是其概率</translation>
    </message>
    <message>
        <source>{0} training images. Click one to follow it.</source>
        <translation>{0} 张训练图像。单击图像可跟踪它。</translation>
    </message>
    <message>
        <source>{0} test images. Click one to lay it on the pad.</source>
        <translation>{0} 张测试图像。单击图像可放到画板上。</translation>
    </message>
    <message>
        <source>{0} of {1} right ({2}). Click one to follow it.</source>
        <translation>{1} 张中 {0} 张正确（{2}）。单击图像可跟踪它。</translation>
    </message>
    <message>
        <source>{0} of {1} right ({2}). Click one to lay it on the pad.</source>
        <translation>{1} 张中 {0} 张正确（{2}）。单击图像可放到画板上。</translation>
    </message>
    <message>
        <source>test image {0}: its class is {1} ({2}), the answer is {3} ({4})</source>
        <translation>测试图像 {0}：类别为 {1}（{2}），预测为 {3}（{4}）</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0}/{1}</translation>
    </message>
</context>
<context>
    <name>Gap</name>
    <message>
        <source>Overfitting: since epoch {best} the validation loss has risen above {low}, while the training loss went on falling. What was learnt since then helps on the training points alone. Go back to epoch {best}, or try more points, a penalty or a simpler model.</source>
        <translation>过拟合：自第 {best} 轮起，验证损失回升到 {low} 以上，而训练损失仍在下降。此后学到的东西只对训练点有用。请返回第 {best} 轮，或试试更多的点、惩罚项或更简单的模型。</translation>
    </message>
    <message>
        <source>The gap opens: since epoch {best} the validation loss has risen above {low}, while the training loss went on falling. It may fall again: the training loss is still far above the noise floor {floor}.</source>
        <translation>差距正在拉大：自第 {best} 轮起，验证损失回升到 {low} 以上，而训练损失仍在下降。它可能还会下降：训练损失仍远高于噪声下限 {floor}。</translation>
    </message>
    <message>
        <source>Underfitting: training loss {train} and validation loss {validation} hardly fall any more, and the noise alone would leave {floor}. Try a model that can bend more, or train it with another learning rate.</source>
        <translation>欠拟合：训练损失 {train} 和验证损失 {validation} 几乎不再下降，而仅由噪声造成的损失只有 {floor}。请试试更灵活的模型，或换一个学习率训练。</translation>
    </message>
</context>
<context>
    <name>Graph</name>
    <message>
        <source>The computation graph of this step</source>
        <translation>这一步的计算图</translation>
    </message>
    <message>
        <source>Point at a box for its numbers</source>
        <translation>指向方框查看其数值</translation>
    </message>
    <message>
        <source>no gradient</source>
        <translation>无梯度</translation>
    </message>
    <message>
        <source>no grad</source>
        <translation>无梯度</translation>
    </message>
    <message>
        <source>of {0}</source>
        <translation>共 {0}</translation>
    </message>
    <message>
        <source>… {0} operations</source>
        <translation>… {0} 个运算</translation>
    </message>
    <message>
        <source>not computed yet</source>
        <translation>尚未计算</translation>
    </message>
    <message>
        <source>value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>point {0}: {1}</source>
        <translation>点 {0}：{1}</translation>
    </message>
    <message>
        <source>no gradient: training does not change data</source>
        <translation>无梯度：训练不改变数据</translation>
    </message>
    <message>
        <source>gradient</source>
        <translation>梯度</translation>
    </message>
    <message>
        <source>of it, point {0}: {1}</source>
        <translation>其中点 {0}：{1}</translation>
    </message>
    <message>
        <source>to L, point {0} adds {1}: its own loss by n</source>
        <translation>点 {0} 对 L 贡献 {1}：自身的损失除以 n</translation>
    </message>
    <message>
        <source>after the update: {0}</source>
        <translation>更新后：{0}</translation>
    </message>
    <message>
        <source>{0}: a parameter</source>
        <translation>{0}：参数</translation>
    </message>
    <message>
        <source>{0}: data, standardized</source>
        <translation>{0}：数据，已标准化</translation>
    </message>
    <message>
        <source>{0}: data</source>
        <translation>{0}：数据</translation>
    </message>
    <message>
        <source>{0}: an operation, {1} to autograd</source>
        <translation>{0}：运算，在 autograd 中为 {1}</translation>
    </message>
    <message>
        <source>As autograd built it for this step: no data go into it.</source>
        <translation>autograd 为这一步建立的计算图：没有数据输入。</translation>
    </message>
    <message>
        <source>As autograd built it for this step. In Fit, click a point.</source>
        <translation>autograd 为这一步建立的计算图。可在“拟合”图中单击一个点。</translation>
    </message>
    <message>
        <source>Point {0} is not in this batch of {1}.</source>
        <translation>点 {0} 不在这个 {1} 个点的批次中。</translation>
    </message>
    <message>
        <source>Point {0} of {1}: gradients are its share, after the mean&apos;s 1/n.</source>
        <translation>点 {0}（共 {1} 个）：梯度是它贡献的一份，已含平均值的 1/n。</translation>
    </message>
    <message>
        <source>{0} [{1}], sum {2}</source>
        <translation>{0} [{1}]，总和 {2}</translation>
    </message>
    <message>
        <source>{0} [{1}], mean {2}, from {3} to {4}</source>
        <translation>{0} [{1}]，平均值 {2}，从 {3} 到 {4}</translation>
    </message>
</context>
<context>
    <name>GraphPanel</name>
    <message>
        <source>The computation graph</source>
        <translation>计算图</translation>
    </message>
    <message>
        <source>Press Next: the first forward pass builds the graph,
and it is drawn here.</source>
        <translation>按“前进”：第一次前向传播建立计算图，
并画在这里。</translation>
    </message>
</context>
<context>
    <name>Group</name>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>More settings: {0}</source>
        <translation>更多设置：{0}</translation>
    </message>
    <message>
        <source>Show or hide further settings</source>
        <translation>显示或隐藏更多设置</translation>
    </message>
    <message>
        <source>Less</source>
        <translation>收起</translation>
    </message>
</context>
<context>
    <name>Head</name>
    <message>
        <source>Drag to move this panel; double-click to take it off or put back</source>
        <translation>拖动可移动面板；双击可使其浮动或停靠</translation>
    </message>
    <message>
        <source>Close {0} (a button below opens it)</source>
        <translation>关闭“{0}”（可用下面的按钮重新打开）</translation>
    </message>
    <message>
        <source>Close {0}</source>
        <translation>关闭“{0}”</translation>
    </message>
</context>
<context>
    <name>HistoryExport</name>
    <message>
        <source>Export the history</source>
        <translation>导出训练历史</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
</context>
<context>
    <name>ImagePad</name>
    <message>
        <source>Pad: draw an image here</source>
        <translation>画板：在这里画图像</translation>
    </message>
    <message>
        <source>Draw with the left mouse button, erase with the right one. Keys: arrows move, Shift and an arrow draw, the space bar inks or erases, Delete clears.</source>
        <translation>鼠标左键绘制，右键擦除。键盘：方向键移动，Shift 加方向键绘制，空格键涂墨或擦除，Delete 清空。</translation>
    </message>
    <message>
        <source>pixel in row {0}, column {1}: {2} of {3}</source>
        <translation>第 {0} 行第 {1} 列的像素：{2}，最大 {3}</translation>
    </message>
    <message>
        <source>Draw here</source>
        <translation>在这里画</translation>
    </message>
</context>
<context>
    <name>InitialField</name>
    <message>
        <source>by hand</source>
        <translation>手动设置</translation>
    </message>
    <message>
        <source>from seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Where the initial weights come from</source>
        <translation>初始权重的来源</translation>
    </message>
    <message>
        <source>Set the initial weights by hand, or draw them from a seed</source>
        <translation>手动设置初始权重，或由随机种子生成</translation>
    </message>
    <message>
        <source>This model has too many weights to set them by hand</source>
        <translation>这个模型的权重太多，无法手动设置</translation>
    </message>
    <message>
        <source>from a file</source>
        <translation>来自文件</translation>
    </message>
    <message>
        <source>The weights in {0}; choose another entry to let go of them</source>
        <translation>{0} 中的权重；选择其他项则不再使用</translation>
    </message>
    <message>
        <source>classic start</source>
        <translation>经典起点</translation>
    </message>
    <message>
        <source>Set the start by hand, or begin at the classic one</source>
        <translation>手动设置起点，或从经典起点开始</translation>
    </message>
    <message>
        <source>Initial {0}</source>
        <translation>初始 {0}</translation>
    </message>
    <message>
        <source>{0} before the first update</source>
        <translation>首次更新之前的 {0}</translation>
    </message>
</context>
<context>
    <name>Landscape</name>
    <message>
        <source>−η·∂L, projected</source>
        <translation>−η·∂L（投影）</translation>
    </message>
    <message>
        <source>−∂ℓ of point {0} alone</source>
        <translation>点 {0} 单独的 −∂ℓ</translation>
    </message>
    <message>
        <source>loss ≈ {0}</source>
        <translation>损失 ≈ {0}</translation>
    </message>
    <message>
        <source>loss {0}</source>
        <translation>损失 {0}</translation>
    </message>
    <message>
        <source>new start {0}</source>
        <translation>新起点 {0}</translation>
    </message>
    <message>
        <source>start {0}
drag it to set the initial weights</source>
        <translation>起点 {0}
拖动可设置初始权重</translation>
    </message>
</context>
<context>
    <name>LandscapePanel</name>
    <message>
        <source>The landscape of the loss</source>
        <translation>损失地形</translation>
    </message>
    <message>
        <source>Which plane through the parameters</source>
        <translation>参数空间中的平面</translation>
    </message>
    <message>
        <source>Along the path: the plane in which training has moved most. Random: two filter-normalised random directions.</source>
        <translation>沿路径：训练移动最多的平面。随机：两个经滤波器归一化的随机方向。</translation>
    </message>
    <message>
        <source>Along the path</source>
        <translation>沿路径</translation>
    </message>
    <message>
        <source>Random directions</source>
        <translation>随机方向</translation>
    </message>
    <message>
        <source>Seed of the random directions</source>
        <translation>随机方向的随机种子</translation>
    </message>
    <message>
        <source>seed </source>
        <translation>种子 </translation>
    </message>
    <message>
        <source>Dark is low. The path is projected onto the plane.</source>
        <translation>颜色越深，损失越低。路径已投影到该平面。</translation>
    </message>
    <message>
        <source>Dark is low. Drag the start to begin from other weights.</source>
        <translation>颜色越深，损失越低。拖动起点可从其他权重开始。</translation>
    </message>
</context>
<context>
    <name>LandscapePlot</name>
    <message>
        <source>Landscape: the loss over the weights, and the path on it</source>
        <translation>损失地形：损失随权重的变化，以及训练走过的路径</translation>
    </message>
    <message>
        <source>Drag the start to set the initial weights, or type them in Model.</source>
        <translation>拖动起点可设置初始权重，也可在“模型”中输入。</translation>
    </message>
    <message>
        <source>start</source>
        <translation>起点</translation>
    </message>
    <message>
        <source>best</source>
        <translation>最优</translation>
    </message>
    <message>
        <source>minimum</source>
        <translation>最低点</translation>
    </message>
    <message>
        <source>true</source>
        <translation>真实</translation>
    </message>
    <message>
        <source>Landscape of the loss on a plane through the parameters: drawn once there are data and initial weights.</source>
        <translation>参数空间中一个平面上的损失地形：有了数据和初始权重后绘制。</translation>
    </message>
    <message>
        <source>Landscape of the loss over {0} and {1}: drawn once there are data and initial weights.</source>
        <translation>{0} 和 {1} 上的损失地形：有了数据和初始权重后绘制。</translation>
    </message>
    <message>
        <source>computing the loss …</source>
        <translation>正在计算损失…</translation>
    </message>
    <message>
        <source>no contours: the loss is the same, or too large, all over</source>
        <translation>没有等高线：损失处处相同，或过大</translation>
    </message>
</context>
<context>
    <name>Lane</name>
    <message>
        <source>Optimizer</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>What makes an update of a gradient</source>
        <translation>由梯度得出更新的方法</translation>
    </message>
    <message>
        <source>Take this run out of the race</source>
        <translation>把这次运行移出竞赛</translation>
    </message>
    <message>
        <source>Remove this run</source>
        <translation>移除这次运行</translation>
    </message>
</context>
<context>
    <name>LanesView</name>
    <message>
        <source>Loss curves of the sweep</source>
        <translation>参数扫描的损失曲线</translation>
    </message>
    <message>
        <source>Click a run to train it by itself</source>
        <translation>单击一次运行，可单独训练它</translation>
    </message>
</context>
<context>
    <name>Languages</name>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>As the system: {0}</source>
        <translation>跟随系统：{0}</translation>
    </message>
</context>
<context>
    <name>LessonEditor</name>
    <message>
        <source>Give the lesson a title.</source>
        <translation>请给课程起个标题。</translation>
    </message>
    <message>
        <source>Give page {page} a title.</source>
        <translation>请给第 {page} 页起个标题。</translation>
    </message>
    <message>
        <source>The text of page {page} is too long: at most {text} characters, and {line} in a paragraph. Make two pages of it.</source>
        <translation>第 {page} 页的正文太长：全页最多 {text} 个字符，每段最多 {line} 个。请分成两页。</translation>
    </message>
    <message>
        <source>Page {page} has too many tasks, or too long ones: at most {tasks}, of {task} characters each.</source>
        <translation>第 {page} 页的任务太多或太长：最多 {tasks} 项，每项最多 {task} 个字符。</translation>
    </message>
    <message>
        <source>Title of the lesson</source>
        <translation>课程标题</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页</translation>
    </message>
    <message>
        <source>The page to write</source>
        <translation>要编写的页</translation>
    </message>
    <message>
        <source>Title of the page</source>
        <translation>页标题</translation>
    </message>
    <message>
        <source>Text of the page</source>
        <translation>页的正文</translation>
    </message>
    <message>
        <source>Markdown: **bold**, *italics*, # heading, - list, 1. numbers</source>
        <translation>Markdown：**粗体**、*斜体*、# 标题、- 列表、1. 编号</translation>
    </message>
    <message>
        <source>The text as it will be read</source>
        <translation>读者看到的正文</translation>
    </message>
    <message>
        <source>Tasks of the page</source>
        <translation>本页的任务</translation>
    </message>
    <message>
        <source>One task a line; the reader ticks them off. *Names* in italics</source>
        <translation>每行一项任务，读者完成后打勾。*名称*用斜体</translation>
    </message>
    <message>
        <source>What the page begins with</source>
        <translation>本页开始时的状态</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>What the lesson is called</source>
        <translation>课程叫什么</translation>
    </message>
    <message>
        <source>What the page is called</source>
        <translation>这一页叫什么</translation>
    </message>
    <message>
        <source>Press *Run*.</source>
        <translation>按*运行*。</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>A new page after this one</source>
        <translation>在本页之后新建一页</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Remove this page</source>
        <translation>移除本页</translation>
    </message>
    <message>
        <source>This page one place up</source>
        <translation>本页上移一位</translation>
    </message>
    <message>
        <source>This page one place down</source>
        <translation>本页下移一位</translation>
    </message>
    <message>
        <source>Text (Markdown)</source>
        <translation>正文（Markdown）</translation>
    </message>
    <message>
        <source>As it will be read</source>
        <translation>读者看到的样子</translation>
    </message>
    <message>
        <source>Tasks, one a line</source>
        <translation>任务，每行一项</translation>
    </message>
    <message>
        <source>The page begins with</source>
        <translation>本页开始时</translation>
    </message>
    <message>
        <source>Use what is in the window now</source>
        <translation>使用窗口的当前状态</translation>
    </message>
    <message>
        <source>The page begins with the window&apos;s experiment, speed and open panels</source>
        <translation>本页以窗口中的实验、速度和已打开的面板开始</translation>
    </message>
    <message>
        <source>Leave the window as it is</source>
        <translation>保持窗口不变</translation>
    </message>
    <message>
        <source>The page goes on with the run and the panels of the page before</source>
        <translation>本页沿用上一页的运行和面板</translation>
    </message>
    <message>
        <source>Controls</source>
        <translation>控件</translation>
    </message>
    <message>
        <source>New</source>
        <translation>新建</translation>
    </message>
    <message>
        <source>Begin another lesson, once this one is saved</source>
        <translation>另写一个课程（须先保存当前课程）</translation>
    </message>
    <message>
        <source>Try this page</source>
        <translation>试读本页</translation>
    </message>
    <message>
        <source>Read the lesson in the window from this page on; Leave there ends it</source>
        <translation>从本页起在窗口中阅读课程；按窗口中的“退出”结束</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>Save the lesson as an experiment file, together with the runs of the window</source>
        <translation>把课程存为实验文件，连同窗口中的运行</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Close; the draft is kept</source>
        <translation>关闭；草稿会保留</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>未命名</translation>
    </message>
    <message>
        <source>Save as lesson</source>
        <translation>另存为课程</translation>
    </message>
    <message>
        <source>The run and the panels of the page before.</source>
        <translation>沿用上一页的运行和面板。</translation>
    </message>
    <message>
        <source>{data} · {model}</source>
        <translation>{data} · {model}</translation>
    </message>
    <message>
        <source>{preset}, changed</source>
        <translation>{preset}（有改动）</translation>
    </message>
    <message>
        <source>Panels: {0}</source>
        <translation>面板：{0}</translation>
    </message>
    <message>
        <source>Experiments (*.guitrain)</source>
        <translation>实验 (*.guitrain)</translation>
    </message>
    <message>
        <source>lesson</source>
        <translation>课程</translation>
    </message>
    <message>
        <source>Saved as {0}</source>
        <translation>已保存为 {0}</translation>
    </message>
</context>
<context>
    <name>LessonPanel</name>
    <message>
        <source>Lesson</source>
        <translation>课程</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>打开…</translation>
    </message>
    <message>
        <source>Read a lesson of a file</source>
        <translation>从文件读取课程</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Leave the lesson: panels are as before, nothing is withheld, the run stays</source>
        <translation>退出课程：面板恢复原样，锁定全部解除，运行保留</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>上一页</translation>
    </message>
    <message>
        <source>The page before</source>
        <translation>上一页</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一页</translation>
    </message>
    <message>
        <source>The next page</source>
        <translation>下一页</translation>
    </message>
    <message>
        <source>Which lesson to read</source>
        <translation>要阅读的课程</translation>
    </message>
    <message>
        <source>Lessons (*.guitrain *.json)</source>
        <translation>课程 (*.guitrain *.json)</translation>
    </message>
    <message>
        <source>Read a lesson</source>
        <translation>读取课程</translation>
    </message>
    <message>
        <source>Page {0} of {1}</source>
        <translation>第 {0} 页，共 {1} 页</translation>
    </message>
    <message>
        <source>Choose a lesson</source>
        <translation>选择课程</translation>
    </message>
    <message>
        <source>Choose a lesson above. Its pages set up the window for you, say what to try, and what should come out. Undo brings your own run back.</source>
        <translation>请在上方选择课程。每一页都会替你设置好窗口，告诉你试什么、会看到什么。“撤销”可恢复你自己的运行。</translation>
    </message>
</context>
<context>
    <name>Lists</name>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
</context>
<context>
    <name>Locks</name>
    <message>
        <source>The lesson locks this. Leave the lesson to change it.</source>
        <translation>课程锁定了这一项。退出课程后才能更改。</translation>
    </message>
</context>
<context>
    <name>Loss</name>
    <message>
        <source>BCE</source>
        <translation>BCE</translation>
    </message>
    <message>
        <source>Binary cross-entropy, of two classes with one output: the mean of −ln of the probability that a point’s own class got.</source>
        <translation>二元交叉熵，用于两个类别、一个输出：对每个点所属类别的预测概率取 −ln，再求平均。</translation>
    </message>
    <message>
        <source>Cross-entropy</source>
        <translation>交叉熵</translation>
    </message>
    <message>
        <source>With an output for each class: the mean of −ln of the probability that a point’s own class got.</source>
        <translation>每个类别一个输出：对每个点所属类别的预测概率取 −ln，再求平均。</translation>
    </message>
    <message>
        <source>MSE</source>
        <translation>MSE</translation>
    </message>
    <message>
        <source>Mean squared error: the mean of (ŷ − y)².</source>
        <translation>均方误差：(ŷ − y)² 的平均值。</translation>
    </message>
    <message>
        <source>MAE</source>
        <translation>MAE</translation>
    </message>
    <message>
        <source>Mean absolute error: the mean of |ŷ − y|.</source>
        <translation>平均绝对误差：|ŷ − y| 的平均值。</translation>
    </message>
    <message>
        <source>Huber</source>
        <translation>Huber</translation>
    </message>
    <message>
        <source>Squared for errors up to δ, straight beyond it: outliers pull less.</source>
        <translation>误差不超过 δ 时取平方，超过后按直线增长：离群点的影响较小。</translation>
    </message>
    <message>
        <source>Huber δ</source>
        <translation>Huber δ</translation>
    </message>
    <message>
        <source>The error at which the loss turns from squared to straight.</source>
        <translation>损失由平方转为直线处的误差大小。</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>The height of a test surface, as it is: there are no points.</source>
        <translation>测试曲面的高度本身：这里没有数据点。</translation>
    </message>
</context>
<context>
    <name>LossPlot</name>
    <message>
        <source>Loss over the epochs</source>
        <translation>损失随轮数的变化</translation>
    </message>
    <message>
        <source>loss ({name})</source>
        <translation>损失（{name}）</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>epoch</source>
        <translation>轮数</translation>
    </message>
    <message>
        <source>training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>training, mean of the epoch</source>
        <translation>训练（每轮平均）</translation>
    </message>
    <message>
        <source>training, each batch</source>
        <translation>训练（每个批次）</translation>
    </message>
    <message>
        <source>validation</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>validation, without penalty</source>
        <translation>验证（不含惩罚项）</translation>
    </message>
    <message>
        <source>test, without penalty</source>
        <translation>测试（不含惩罚项）</translation>
    </message>
    <message>
        <source>test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>gap</source>
        <translation>差距</translation>
    </message>
    <message>
        <source> · validation {loss}</source>
        <translation> · 验证 {loss}</translation>
    </message>
    <message>
        <source>epoch {epoch} · loss {loss}</source>
        <translation>第 {epoch} 轮 · 损失 {loss}</translation>
    </message>
    <message>
        <source>epochs {first} to {last} · loss {low} to {high}</source>
        <translation>第 {first} 到 {last} 轮 · 损失 {low} 到 {high}</translation>
    </message>
    <message>
        <source>noise floor {value}</source>
        <translation>噪声下限 {value}</translation>
    </message>
    <message>
        <source>noise floor σ² = {value}</source>
        <translation>噪声下限 σ² = {value}</translation>
    </message>
    <message>
        <source>expected on new data {value}</source>
        <translation>新数据上的预期损失 {value}</translation>
    </message>
    <message>
        <source>expected on new data σ² = {value}</source>
        <translation>新数据上的预期损失 σ² = {value}</translation>
    </message>
    <message>
        <source>best any line can do {value}</source>
        <translation>直线的最低损失 {value}</translation>
    </message>
    <message>
        <source>lowest on the surface {value}</source>
        <translation>曲面的最低点 {value}</translation>
    </message>
    <message>
        <source>best any such polynomial can do {value}</source>
        <translation>这类多项式的最低损失 {value}</translation>
    </message>
    <message>
        <source>best line, with penalty {value}</source>
        <translation>最优直线（含惩罚项）{value}</translation>
    </message>
    <message>
        <source>stop at {value}</source>
        <translation>停止线 {value}</translation>
    </message>
    <message>
        <source>best epoch {0}</source>
        <translation>最佳：第 {0} 轮</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>What went wrong</source>
        <translation>出错信息</translation>
    </message>
    <message>
        <source>GUITrain did not end in good order the last time. Its runs were kept.</source>
        <translation>GUITrain 上次没有正常退出。当时的运行已保留。</translation>
    </message>
    <message>
        <source>{0} windows of GUITrain did not end in good order. Their runs were kept: the latest are offered first, and then those before.</source>
        <translation>有 {0} 个 GUITrain 窗口没有正常退出。它们的运行已保留：先给出最近的，再给出更早的。</translation>
    </message>
    <message>
        <source>Bring them back</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Open the runs as they were a few seconds before the end</source>
        <translation>打开退出前几秒的运行</translation>
    </message>
    <message>
        <source>Delete them</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Delete what was kept</source>
        <translation>删除保留的内容</translation>
    </message>
    <message>
        <source>Reset the panels</source>
        <translation>重置面板</translation>
    </message>
    <message>
        <source>Reset preferences…</source>
        <translation>重置偏好设置…</translation>
    </message>
    <message>
        <source>⚠ Training stopped on an error: {0}. What was recorded is kept. Reset starts the run again; Undo brings back the one before.</source>
        <translation>⚠ 训练因出错而停止：{0}。已记录的内容仍保留。“重置”重新开始这次运行；“撤销”恢复上一次运行。</translation>
    </message>
</context>
<context>
    <name>MapPlot</name>
    <message>
        <source>Map: the data points, and what the model says everywhere</source>
        <translation>地图：数据点，以及模型在各处的预测</translation>
    </message>
    <message>
        <source>probability</source>
        <translation>概率</translation>
    </message>
    <message>
        <source>Choose a class above, and click to add points of it.
Insert adds one too, and the arrow keys move it.</source>
        <translation>先在上方选一个类别，再单击添加该类的点。
也可按 Insert 添加，用方向键移动。</translation>
    </message>
    <message>
        <source>probability, {0} to 100 %</source>
        <translation>概率，{0} 到 100 %</translation>
    </message>
    <message>
        <source>border: equal probability</source>
        <translation>边界：概率相等</translation>
    </message>
    <message>
        <source>prediction outside the data</source>
        <translation>数据范围外的预测</translation>
    </message>
    <message>
        <source>prediction</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>{0} · {1} points</source>
        <translation>{0} · {1} 个点</translation>
    </message>
    <message>
        <source>{0} · {1} point</source>
        <translation>{0} · {1} 个点</translation>
    </message>
    <message>
        <source>training data · {0} points</source>
        <translation>训练数据 · {0} 个点</translation>
    </message>
    <message>
        <source>training data · {0} point</source>
        <translation>训练数据 · {0} 个点</translation>
    </message>
    <message>
        <source>validation data · {0} points</source>
        <translation>验证数据 · {0} 个点</translation>
    </message>
    <message>
        <source>validation data · {0} point</source>
        <translation>验证数据 · {0} 个点</translation>
    </message>
    <message>
        <source>test data · {0} points</source>
        <translation>测试数据 · {0} 个点</translation>
    </message>
    <message>
        <source>test data · {0} point</source>
        <translation>测试数据 · {0} 个点</translation>
    </message>
    <message>
        <source>hollow: {0}</source>
        <translation>空心：{0}</translation>
    </message>
    <message>
        <source>pale: {0}</source>
        <translation>浅色：{0}</translation>
    </message>
    <message>
        <source>the other input at its mean over the training points</source>
        <translation>另一个输入取训练点的平均值</translation>
    </message>
    <message>
        <source>the other {0} inputs at their mean over the training points</source>
        <translation>其余 {0} 个输入取训练点的平均值</translation>
    </message>
    <message>
        <source>after {0} classes colours come again, with other shapes</source>
        <translation>超过 {0} 个类别后颜色重复，形状不同</translation>
    </message>
    <message>
        <source>showing {shown} of {all} points</source>
        <translation>显示 {all} 个点中的 {shown} 个</translation>
    </message>
</context>
<context>
    <name>Model</name>
    <message>
        <source>Convolutional net</source>
        <translation>卷积网络</translation>
    </message>
    <message>
        <source>A convolutional net (CNN), for images: filters of 3×3 weights slide over the image (written ∗), of each 2×2 of what they give the largest goes on (pool), and a linear layer tells the classes from that.</source>
        <translation>卷积网络（CNN），用于图像：3×3 的卷积核在图像上滑动（记作 ∗），其输出中每个 2×2 区域只留最大值（池化），最后由线性层判断类别。</translation>
    </message>
    <message>
        <source>Filters</source>
        <translation>卷积核</translation>
    </message>
    <message>
        <source>The number of filters in each layer of filters, with commas between: “8, 16” is two layers. One or two layers of 1 to 32 filters.</source>
        <translation>每个卷积层的卷积核个数，用逗号隔开：“8, 16”表示两层。可有一层或两层，每层 1 到 32 个。</translation>
    </message>
    <message>
        <source>Linear</source>
        <translation>线性</translation>
    </message>
    <message>
        <source>A weight for each input and a bias b: a straight line or plane. With two classes it is logistic regression, with more softmax regression.</source>
        <translation>每个输入一个权重，外加偏置 b：一条直线或一个平面。两个类别时就是逻辑回归，更多类别时是 softmax 回归。</translation>
    </message>
    <message>
        <source>PyTorch’s own</source>
        <translation>PyTorch 默认</translation>
    </message>
    <message>
        <source>Xavier</source>
        <translation>Xavier</translation>
    </message>
    <message>
        <source>Kaiming</source>
        <translation>Kaiming</translation>
    </message>
    <message>
        <source>zeros</source>
        <translation>全零</translation>
    </message>
    <message>
        <source>Activation</source>
        <translation>激活函数</translation>
    </message>
    <message>
        <source>What each unit does to its weighted sum; without it all is a line.</source>
        <translation>每个单元对加权和做的变换；没有它，整个网络只是一条直线。</translation>
    </message>
    <message>
        <source>Drawn as</source>
        <translation>初始化</translation>
    </message>
    <message>
        <source>How the initial weights are drawn. PyTorch’s own: evenly within ±1/√inputs. Xavier suits tanh and sigmoid, Kaiming suits ReLU. From zeros all units of a layer stay equal, so nothing but an offset is learnt.</source>
        <translation>初始权重怎样随机取值。PyTorch 默认：在 ±1/√输入数 内均匀取值。Xavier 适合 tanh 和 sigmoid,Kaiming 适合 ReLU。全零时同一层的单元始终相同，除偏移外什么也学不到。</translation>
    </message>
    <message>
        <source>Neural net</source>
        <translation>神经网络</translation>
    </message>
    <message>
        <source>A multi-layer perceptron (MLP): layers of units, each a weighted sum through an activation.</source>
        <translation>多层感知机（MLP）：由一层层单元组成，每个单元先求加权和，再经过激活函数。</translation>
    </message>
    <message>
        <source>Hidden layers</source>
        <translation>隐藏层</translation>
    </message>
    <message>
        <source>The number of units in each hidden layer, with commas between: “8, 8” is two layers of eight. Up to 6 layers of 1 to 32 units.</source>
        <translation>每个隐藏层的单元数，用逗号隔开：“8, 8”表示两层，每层八个单元。最多 6 层，每层 1 到 32 个单元。</translation>
    </message>
    <message>
        <source>Dropout</source>
        <translation>dropout</translation>
    </message>
    <message>
        <source>The chance of each hidden unit to be left out at a step of training, so that none is relied upon. Test and Apply use them all.</source>
        <translation>每个训练步中各隐藏单元被随机舍去的概率，使模型不依赖任何一个单元。测试和应用时全部使用。</translation>
    </message>
    <message>
        <source>Polynomial</source>
        <translation>多项式</translation>
    </message>
    <message>
        <source>A curve: a weight for each power of x up to the degree, and a bias b.</source>
        <translation>一条曲线：x 的每个次幂（直到所选次数）各有一个权重，外加偏置 b。</translation>
    </message>
    <message>
        <source>Degree</source>
        <translation>次数</translation>
    </message>
    <message>
        <source>The highest power of x. 1 is a straight line; more bends more often.</source>
        <translation>x 的最高次幂。1 是直线；次数越高，弯曲越多。</translation>
    </message>
    <message>
        <source>Surface</source>
        <translation>曲面</translation>
    </message>
    <message>
        <source>Two parameters, u and v, of which a test surface is a function.</source>
        <translation>两个参数 u 和 v，测试曲面是它们的函数。</translation>
    </message>
</context>
<context>
    <name>ModelFiles</name>
    <message>
        <source>{0} predictions are in {1}.</source>
        <translation>{0} 个预测已存入 {1}。</translation>
    </message>
    <message>
        <source>{0} prediction is in {1}.</source>
        <translation>{0} 个预测已存入 {1}。</translation>
    </message>
    <message>
        <source>The file names no columns, so they were taken as they stand, for {0}.</source>
        <translation>文件没有列名，因此各列按顺序对应 {0}。</translation>
    </message>
    <message>
        <source>Missing values filled in, as in training: {0}.</source>
        <translation>缺失值已按训练时的方式填补：{0}。</translation>
    </message>
    <message>
        <source>Weights and experiment (.safetensors)…</source>
        <translation>权重和实验（.safetensors）…</translation>
    </message>
    <message>
        <source>Weights and experiment (*.safetensors)</source>
        <translation>权重和实验 (*.safetensors)</translation>
    </message>
    <message>
        <source>The weights with the experiment that they are of. Open… begins a run with them.</source>
        <translation>权重连同所属的实验。用“打开…”可从这些权重开始新的运行。</translation>
    </message>
    <message>
        <source>Weights for PyTorch (.pt)…</source>
        <translation>PyTorch 权重（.pt）…</translation>
    </message>
    <message>
        <source>PyTorch weights (*.pt)</source>
        <translation>PyTorch 权重 (*.pt)</translation>
    </message>
    <message>
        <source>The weights alone, as a state_dict: load_state_dict of the exported script’s model takes them, and Open… lays them into the model in hand.</source>
        <translation>只含权重，即 state_dict：导出脚本中的模型可用 load_state_dict 载入，“打开…”则把它载入当前模型。</translation>
    </message>
    <message>
        <source>Whole model for PyTorch (.pt2)…</source>
        <translation>PyTorch 完整模型（.pt2）…</translation>
    </message>
    <message>
        <source>Exported programs (*.pt2)</source>
        <translation>导出的程序 (*.pt2)</translation>
    </message>
    <message>
        <source>For torch.export.load: takes float64 rows of inputs in their own units, and gives the prediction, or the probability of each class.</source>
        <translation>供 torch.export.load 使用：输入为若干行 float64 数（原始单位），输出预测值或各类别的概率。</translation>
    </message>
    <message>
        <source>Whole model for other programs (.onnx)…</source>
        <translation>其他程序用的完整模型（.onnx）…</translation>
    </message>
    <message>
        <source>ONNX models (*.onnx)</source>
        <translation>ONNX 模型 (*.onnx)</translation>
    </message>
    <message>
        <source>For ONNX runtimes: takes float64 rows of inputs in their own units, and gives the prediction, or the probability of each class.</source>
        <translation>供 ONNX 运行环境使用：输入为若干行 float64 数（原始单位），输出预测值或各类别的概率。</translation>
    </message>
    <message>
        <source>Save the model</source>
        <translation>保存模型</translation>
    </message>
    <message>
        <source>{0} is being made. The first of its kind takes some seconds; training rests.</source>
        <translation>正在生成 {0}。同类文件第一次需要几秒；训练暂停。</translation>
    </message>
    <message>
        <source>{0} is saved: the model after step {1}.</source>
        <translation>{0} 已保存：第 {1} 步之后的模型。</translation>
    </message>
    <message>
        <source>Apply the model to a CSV file</source>
        <translation>把模型应用到 CSV 文件</translation>
    </message>
    <message>
        <source>Tables (*.csv *.tsv *.txt);;All files (*)</source>
        <translation>表格 (*.csv *.tsv *.txt);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Save the predictions</source>
        <translation>保存预测</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
</context>
<context>
    <name>Network</name>
    <message>
        <source>The filters and what they give</source>
        <translation>卷积核及其输出</translation>
    </message>
    <message>
        <source>An image, the filters beside what they give, and the answer; of each 2×2 the largest goes on. Point at anything for its numbers; click to set a weight or bias</source>
        <translation>一幅图像、各卷积核及其输出，以及预测结果；每个 2×2 区域只留最大值。指向任一处可看数值；单击可设置权重或偏置</translation>
    </message>
    <message>
        <source>answer</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>{0} = {1}, a pixel of the image</source>
        <translation>{0} = {1}，图像的一个像素</translation>
    </message>
    <message>
        <source>{0} = {1}, of filter {2}</source>
        <translation>{0} = {1}，属于卷积核 {2}</translation>
    </message>
    <message>
        <source>no gradient yet</source>
        <translation>还没有梯度</translation>
    </message>
    <message>
        <source>∂L/∂{0} = {1} (step {2})</source>
        <translation>∂L/∂{0} = {1}（第 {2} 步）</translation>
    </message>
    <message>
        <source>Point {0} on its way through.</source>
        <translation>点 {0} 逐层通过网络。</translation>
    </message>
    <message>
        <source>Point {0}, class {1}: told as {2} ({3} %).</source>
        <translation>点 {0}，类别 {1}：判为 {2}（{3} %）。</translation>
    </message>
    <message>
        <source>In Fit, click another.</source>
        <translation>可在“拟合”中选择其他点。</translation>
    </message>
    <message>
        <source>Filters in each layer: {0}; {1} parameters. {2}</source>
        <translation>各层卷积核数：{0}；共 {1} 个参数。{2}</translation>
    </message>
    <message>
        <source>Filter {0} gives {1} at [{2}, {3}], in all {4} … {5}; {6} = {7}</source>
        <translation>卷积核 {0} 在 [{2}, {3}] 处输出 {1}，整体范围 {4} … {5}；{6} = {7}</translation>
    </message>
    <message>
        <source>The network of units</source>
        <translation>由单元组成的网络</translation>
    </message>
    <message>
        <source>Point at an edge, a box or a dot for its numbers; click to set it</source>
        <translation>指向连线、方框或圆点可看数值；单击可设置</translation>
    </message>
    <message>
        <source>{0}: an input of the model</source>
        <translation>{0}：模型的一个输入</translation>
    </message>
    <message>
        <source>{0} = {1}, the bias of {2}</source>
        <translation>{0} = {1}，{2} 的偏置</translation>
    </message>
    <message>
        <source>{0} = {1}, from {2} to {3}</source>
        <translation>{0} = {1}，从 {2} 到 {3}</translation>
    </message>
    <message>
        <source>Boxes: what each unit gives for x = {0}.</source>
        <translation>方框：x = {0} 时各单元的输出。</translation>
    </message>
    <message>
        <source>Boxes: what each unit gives over x1 = {0} (to the right) and x2 = {1} (upwards).</source>
        <translation>方框：x1 = {0}（向右）、x2 = {1}（向上）时各单元的输出。</translation>
    </message>
    <message>
        <source>Boxes: how often a unit gives which value over the training points.</source>
        <translation>方框：各单元在训练点上的输出分布。</translation>
    </message>
    <message>
        <source>Drawn are the {0} largest weights between two layers.</source>
        <translation>相邻两层之间只画最大的 {0} 个权重。</translation>
    </message>
    <message>
        <source>{0} units from the inputs to the output, {1} parameters</source>
        <translation>从输入到输出的单元数：{0}，共 {1} 个参数</translation>
    </message>
    <message>
        <source>{0} gives no finite number</source>
        <translation>{0} 的输出不是有限的数</translation>
    </message>
    <message>
        <source>{0} gives {1} … {2}; its bias {3}</source>
        <translation>{0} 的输出范围 {1} … {2}；偏置 {3}</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>列</translation>
    </message>
</context>
<context>
    <name>NetworkPanel</name>
    <message>
        <source>The network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>── weight above 0</source>
        <translation>── 权重大于 0</translation>
    </message>
    <message>
        <source>╌╌ below 0</source>
        <translation>╌╌ 小于 0</translation>
    </message>
    <message>
        <source>thick: large</source>
        <translation>越粗越大</translation>
    </message>
    <message>
        <source>■ above 0</source>
        <translation>■ 大于 0</translation>
    </message>
    <message>
        <source>■ below 0</source>
        <translation>■ 小于 0</translation>
    </message>
    <message>
        <source>full colour: the layer’s largest</source>
        <translation>颜色最深：该层最大值</translation>
    </message>
    <message>
        <source>What is pointed at</source>
        <translation>所指之处</translation>
    </message>
    <message>
        <source>Its gradient</source>
        <translation>它的梯度</translation>
    </message>
    <message>
        <source>The network is drawn as soon as the run is ready.</source>
        <translation>运行准备好后就会画出网络。</translation>
    </message>
    <message>
        <source>This model is not made of layers of units: there is no such picture.</source>
        <translation>这个模型不是由单元层组成的，没有网络图。</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>Notice</source>
        <translation>通知</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Close this notice</source>
        <translation>关闭通知</translation>
    </message>
</context>
<context>
    <name>NumberExports</name>
    <message>
        <source>NumPy arrays (*.npz)</source>
        <translation>NumPy 数组 (*.npz)</translation>
    </message>
    <message>
        <source>Export the history</source>
        <translation>导出训练历史</translation>
    </message>
    <message>
        <source>Export the predictions</source>
        <translation>导出预测</translation>
    </message>
    <message>
        <source>A test surface has no data, so there is nothing to predict. Export the history.</source>
        <translation>测试曲面没有数据，因此没有可预测的内容。请导出训练历史。</translation>
    </message>
    <message>
        <source>Export the table of runs</source>
        <translation>导出运行记录表</translation>
    </message>
    <message>
        <source>Export the notebook</source>
        <translation>导出笔记本</translation>
    </message>
    <message>
        <source>Jupyter notebooks (*.ipynb)</source>
        <translation>Jupyter 笔记本 (*.ipynb)</translation>
    </message>
    <message>
        <source>A run of GUITrain</source>
        <translation>GUITrain 的一次运行</translation>
    </message>
    <message>
        <source>Export for TensorBoard</source>
        <translation>导出到 TensorBoard</translation>
    </message>
    <message>
        <source>Folders (*)</source>
        <translation>文件夹 (*)</translation>
    </message>
    <message>
        <source>To see the runs in TensorBoard, type in a terminal: {0}</source>
        <translation>要在 TensorBoard 中查看运行，请在终端输入：{0}</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
</context>
<context>
    <name>NumberRows</name>
    <message>
        <source>The formulas of this step with its numbers</source>
        <translation>这一步的公式，代入它的数值</translation>
    </message>
</context>
<context>
    <name>Numbers</name>
    <message>
        <source>The run has stopped: no gradient and no update follow.</source>
        <translation>运行已停止：没有后续的梯度和更新。</translation>
    </message>
    <message>
        <source>Standardized: x is (x − mean) / deviation here; {0} belong to it.</source>
        <translation>已标准化：这里的 x 是 (x − 均值) / 标准差；{0} 也对应这个 x。</translation>
    </message>
    <message>
        <source>{0} weights: {1}</source>
        <translation>{0} 个权重：{1}</translation>
    </message>
    <message>
        <source>for point {0}, the first in this batch of {1}</source>
        <translation>以点 {0} 为例，它是这一批次 {1} 个点中的第一个</translation>
    </message>
    <message>
        <source>for point {0}, which you selected, in this batch of {1}</source>
        <translation>以点 {0} 为例，它是你在这一批次 {1} 个点中选中的</translation>
    </message>
    <message>
        <source>for point {0}, the first in this batch of {1}: yours is not in it</source>
        <translation>以点 {0} 为例，它是这一批次 {1} 个点中的第一个：你选中的点不在其中</translation>
    </message>
    <message>
        <source>The penalty is on the weights alone: biases are free.</source>
        <translation>惩罚项只作用于权重：偏置不受惩罚。</translation>
    </message>
    <message>
        <source>The penalty is on {0} alone: biases are free.</source>
        <translation>惩罚项只作用于 {0}：偏置不受惩罚。</translation>
    </message>
    <message>
        <source>‖…‖ is the size of all the numbers in it: the root of the sum of their squares</source>
        <translation>‖…‖ 是其中所有数的大小：平方和的平方根</translation>
    </message>
    <message>
        <source>for each weight p, with η = {0}</source>
        <translation>对每个权重 p,η = {0}</translation>
    </message>
    <message>
        <source>e = {0} epochs done; η₀ = {1} is the learning rate that is set</source>
        <translation>e = {0} 是已完成的轮数；η₀ = {1} 是设定的学习率</translation>
    </message>
</context>
<context>
    <name>NumbersPanel</name>
    <message>
        <source>This step in numbers</source>
        <translation>本步数值</translation>
    </message>
    <message>
        <source>Table…</source>
        <translation>表格…</translation>
    </message>
    <message>
        <source>Open the table of this batch: every point&apos;s numbers, and their sums</source>
        <translation>打开这一批次的表格：每个点的数值，以及它们的和</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy these formulas and numbers as text</source>
        <translation>把这些公式和数值复制为文本</translation>
    </message>
    <message>
        <source>Predict first</source>
        <translation>先预测</translation>
    </message>
    <message>
        <source>Predict first, then see</source>
        <translation>先预测，再看结果</translation>
    </message>
    <message>
        <source>Before each update, work out the new weight yourself; then compare</source>
        <translation>每次更新前，先自己算出新的权重，再作比较</translation>
    </message>
    <message>
        <source>Press Next: the first batch goes forward, and its numbers stand here.</source>
        <translation>按“前进”：第一个批次做前向传播，数值就显示在这里。</translation>
    </message>
    <message>
        <source>no step yet</source>
        <translation>还没有步</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
</context>
<context>
    <name>Optimizer</name>
    <message>
        <source>Epsilon</source>
        <translation>Epsilon</translation>
    </message>
    <message>
        <source>Added to the divisor, so that it is never 0.</source>
        <translation>加在除数上，使它不为 0。</translation>
    </message>
    <message>
        <source>Square decay</source>
        <translation>平方衰减率</translation>
    </message>
    <message>
        <source>The part of the squared gradients&apos; running mean that each step keeps: the nearer to 1, the longer its memory.</source>
        <translation>每一步中，梯度平方的滑动平均保留的比例：越接近 1，记忆越长。</translation>
    </message>
    <message>
        <source>RMSprop</source>
        <translation>RMSprop</translation>
    </message>
    <message>
        <source>Each gradient is divided by the root of the mean of its squares (Hinton 2012), so that flat and steep directions move alike.</source>
        <translation>每个梯度除以其平方的滑动平均的平方根（Hinton 2012），使平缓和陡峭的方向移动得一样快。</translation>
    </message>
    <message>
        <source>Momentum</source>
        <translation>动量</translation>
    </message>
    <message>
        <source>The part of the last move that is kept.</source>
        <translation>保留上一次移动的比例。</translation>
    </message>
    <message>
        <source>Adagrad</source>
        <translation>Adagrad</translation>
    </message>
    <message>
        <source>Each gradient is divided by the root of the sum of its squares so far (Duchi et al. 2011), so that steps get smaller and smaller.</source>
        <translation>每个梯度除以至今梯度平方和的平方根（Duchi 等 2011），因此步子越来越小。</translation>
    </message>
    <message>
        <source>Rate decay</source>
        <translation>学习率衰减</translation>
    </message>
    <message>
        <source>The learning rate is divided by 1 + (t − 1)·γ in step t. 0 leaves it alone.</source>
        <translation>第 t 步的学习率除以 1 + (t − 1)·γ。0 表示不衰减。</translation>
    </message>
    <message>
        <source>Sum starts at</source>
        <translation>累积初值</translation>
    </message>
    <message>
        <source>What the sum of squares starts from: more makes first steps smaller.</source>
        <translation>平方和的初值：越大，最初的步子越小。</translation>
    </message>
    <message>
        <source>Mean decay</source>
        <translation>均值衰减率</translation>
    </message>
    <message>
        <source>The part of the gradients&apos; running mean that each step keeps: a momentum.</source>
        <translation>每一步中，梯度的滑动平均保留的比例：相当于动量。</translation>
    </message>
    <message>
        <source>Adam</source>
        <translation>Adam</translation>
    </message>
    <message>
        <source>A running mean of the gradients, divided by the root of a running mean of their squares (Kingma and Ba 2015): momentum and RMSprop in one.</source>
        <translation>梯度的滑动平均，除以梯度平方的滑动平均的平方根（Kingma 与 Ba 2015）：兼有动量和 RMSprop。</translation>
    </message>
    <message>
        <source>AdamW</source>
        <translation>AdamW</translation>
    </message>
    <message>
        <source>Adam, and each step also shrinks every weight a little, the bias too (Loshchilov and Hutter 2019).</source>
        <translation>在 Adam 的基础上，每一步还让每个权重缩小一点，偏置也一样（Loshchilov 与 Hutter 2019）。</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>权重衰减</translation>
    </message>
    <message>
        <source>Each step multiplies the weights by 1 − η·λ first.</source>
        <translation>每一步先把权重乘以 1 − η·λ。</translation>
    </message>
    <message>
        <source>SGD</source>
        <translation>SGD</translation>
    </message>
    <message>
        <source>Gradient descent: each parameter moves against its gradient.</source>
        <translation>梯度下降：每个参数沿梯度的反方向移动。</translation>
    </message>
    <message>
        <source>The part of the last move that is kept. 0 is the article&apos;s descent.</source>
        <translation>保留上一次移动的比例。0 就是文章中的梯度下降。</translation>
    </message>
    <message>
        <source>Nesterov</source>
        <translation>Nesterov</translation>
    </message>
    <message>
        <source>Look ahead: add the gradient to where momentum leads, which swings less. Needs a momentum above 0.</source>
        <translation>向前看一步：取动量将到之处的梯度，摆动更小。动量须大于 0。</translation>
    </message>
</context>
<context>
    <name>OptionalField</name>
    <message>
        <source>Switch this rule on or off</source>
        <translation>启用或停用这一条件</translation>
    </message>
</context>
<context>
    <name>OverflowRow</name>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>What there is no room for here</source>
        <translation>这里放不下的内容</translation>
    </message>
</context>
<context>
    <name>PaceSlider</name>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>How fast the run is played: at the left phase by phase, then so many epochs per second. The far right is Max: flat out.</source>
        <translation>运行播放的快慢：左侧为逐阶段播放，往右为每秒若干轮。最右侧为“最快”：全速运行。</translation>
    </message>
    <message>
        <source>Max</source>
        <translation>最快</translation>
    </message>
    <message>
        <source>{0} phase/s</source>
        <translation>{0} 阶段/秒</translation>
    </message>
    <message>
        <source>{0} phases/s</source>
        <translation>{0} 阶段/秒</translation>
    </message>
    <message>
        <source>{0} epoch/s</source>
        <translation>{0} 轮/秒</translation>
    </message>
    <message>
        <source>{0} epochs/s</source>
        <translation>{0} 轮/秒</translation>
    </message>
</context>
<context>
    <name>PageText</name>
    <message>
        <source>The text of the page</source>
        <translation>页的正文</translation>
    </message>
</context>
<context>
    <name>Panel</name>
    <message>
        <source>Put {0} back into the window</source>
        <translation>把“{0}”放回窗口</translation>
    </message>
    <message>
        <source>Take {0} off as a window of its own</source>
        <translation>把“{0}”变为独立窗口</translation>
    </message>
</context>
<context>
    <name>PanelButtons</name>
    <message>
        <source>Panels</source>
        <translation>面板</translation>
    </message>
    <message>
        <source>Panel: {0}</source>
        <translation>面板：{0}</translation>
    </message>
    <message>
        <source>Show or hide {0}</source>
        <translation>显示或隐藏“{0}”</translation>
    </message>
    <message>
        <source>Present</source>
        <translation>演示</translation>
    </message>
    <message>
        <source>Presenter mode</source>
        <translation>演示模式</translation>
    </message>
    <message>
        <source>Full screen, large type, and only the panels chosen in the menu. PageUp and PageDown step; Esc leaves.</source>
        <translation>全屏、大字，只显示菜单中选定的面板。PageUp 和 PageDown 后退和前进；Esc 退出。</translation>
    </message>
    <message>
        <source>Panels to present</source>
        <translation>要演示的面板</translation>
    </message>
    <message>
        <source>Present {0}</source>
        <translation>演示“{0}”</translation>
    </message>
    <message>
        <source>Whether {0} is shown in presenter mode</source>
        <translation>演示模式中是否显示“{0}”</translation>
    </message>
</context>
<context>
    <name>Panels</name>
    <message>
        <source>Panels that share this place</source>
        <translation>共用此位置的面板</translation>
    </message>
    <message>
        <source>Tabs further left</source>
        <translation>左边的标签页</translation>
    </message>
    <message>
        <source>Tabs further right</source>
        <translation>右边的标签页</translation>
    </message>
</context>
<context>
    <name>ParameterRow</name>
    <message>
        <source>Which weight or bias to set</source>
        <translation>要设置的权重或偏置</translation>
    </message>
    <message>
        <source>Choose a weight or bias here, or click on it</source>
        <translation>在这里选择权重或偏置，或直接单击它</translation>
    </message>
    <message>
        <source>Its row: the unit it goes to</source>
        <translation>行：它通向的单元</translation>
    </message>
    <message>
        <source>Its column: the unit it comes from</source>
        <translation>列：它来自的单元</translation>
    </message>
    <message>
        <source>Its row in the filter, from the top</source>
        <translation>在卷积核中的行，从上数起</translation>
    </message>
    <message>
        <source>Its column in the filter, from the left</source>
        <translation>在卷积核中的列，从左数起</translation>
    </message>
    <message>
        <source>Its value</source>
        <translation>它的值</translation>
    </message>
    <message>
        <source>Type a value to set it by hand: the next forward pass is made with it, and a step that has begun begins anew. It is the value that the model works with: where x is standardized, of the standardized x.</source>
        <translation>输入数值即可手动设置：下一次前向传播将使用它，已开始的一步会重新开始。这是模型实际使用的值：x 经过标准化时，它对应标准化后的 x。</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>设置</translation>
    </message>
</context>
<context>
    <name>Phases</name>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Training starts from two things: points to learn from, and first weights. These are only a guess, so the first line does not fit the points. Steps 2 to 6 will improve it.</source>
        <translation>训练从两样东西开始：供学习的数据点，和初始权重。初始权重只是猜测，所以最初的直线并不贴合这些点。第 2 到 6 阶段会改进它。</translation>
    </message>
    <message>
        <source>In Fit: the blue points, and the solid line at its start.</source>
        <translation>在“拟合”中：蓝色的点，以及处于起始位置的实线。</translation>
    </message>
    <message>
        <source>Initial weights</source>
        <translation>初始权重</translation>
    </message>
    <message>
        <source>weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>前向传播</translation>
    </message>
    <message>
        <source>The model takes each x and computes a prediction ŷ with the weights it has now. Nothing is changed yet: it only tries.</source>
        <translation>模型用当前的权重，对每个 x 计算预测值 ŷ。这时什么都没有改变：只是尝试预测。</translation>
    </message>
    <message>
        <source>In Fit: ŷ is the height of the solid line above each x.</source>
        <translation>在“拟合”中：ŷ 是每个 x 处实线的高度。</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>How wrong are the predictions? Each is compared with the true y, and the mean over the batch is one number: the loss. Smaller is better; training makes it fall.</source>
        <translation>预测错了多少？把每个预测值与真实值 y 比较，在整个批次上求平均，得到一个数：损失值。越小越好；训练会让它下降。</translation>
    </message>
    <message>
        <source>In Loss: the newest point of the curve. In Fit: switch on Residuals.</source>
        <translation>在“损失”中：曲线上最新的点。在“拟合”中：打开“残差”。</translation>
    </message>
    <message>
        <source>Stop?</source>
        <translation>停止？</translation>
    </message>
    <message>
        <source>Is it time to stop? The rules look at each epoch: enough epochs done, a loss that is small enough, or one that no longer falls. No: on to step 5. Yes: on to step 8.</source>
        <translation>该停止了吗？每一轮都检查停止条件：轮数已够、损失值足够小，或损失不再下降。否：进入第 5 阶段。是：进入第 8 阶段。</translation>
    </message>
    <message>
        <source>At the left: the rules under “Stop when”.</source>
        <translation>在左侧：“停止条件”下的各项。</translation>
    </message>
    <message>
        <source>Backward</source>
        <translation>反向传播</translation>
    </message>
    <message>
        <source>Going back from the loss, PyTorch finds for each weight how the loss would change if that weight grew a little: its gradient. A minus says that growing it lowers the loss. The weights do not move yet.</source>
        <translation>从损失往回算，PyTorch 求出每个权重稍稍增大时损失会怎样变化：这就是它的梯度。负号表示增大它会使损失下降。这时权重还没有移动。</translation>
    </message>
    <message>
        <source>In This step in numbers: the vermilion numbers.</source>
        <translation>在“本步数值”中：朱红色的数。</translation>
    </message>
    <message>
        <source>Update</source>
        <translation>权重更新</translation>
    </message>
    <message>
        <source>Each weight takes a small step against its gradient, because downhill is where the loss falls. The learning rate sets how small. This is the only moment at which the line moves.</source>
        <translation>每个权重沿梯度的反方向移动一小步，因为下坡的方向就是损失下降的方向。学习率决定这一步有多小。直线只在这一刻移动。</translation>
    </message>
    <message>
        <source>In Fit the solid line moves, in Landscape the point does.</source>
        <translation>在“拟合”中实线移动，在“损失地形”中点移动。</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>An exam after training: the model predicts points that it has never seen. If it does much worse on them than on its training points, it learnt those by heart. Testing never changes the weights.</source>
        <translation>训练后的考试：模型对从未见过的点作预测。如果比在训练点上差得多，说明它只是死记硬背。测试不会改变权重。</translation>
    </message>
    <message>
        <source>In Results: press Test.</source>
        <translation>在“结果”中：按“测试”。</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>The model at work: the weights stay as they are, a new x goes in, and its prediction ŷ comes out. That is what all the training was for.</source>
        <translation>模型投入使用：权重保持不变，输入新的 x，输出预测值 ŷ。训练的全部目的就在于此。</translation>
    </message>
    <message>
        <source>In Results: type some x and press Apply.</source>
        <translation>在“结果”中：输入若干 x，再按“应用”。</translation>
    </message>
    <message>
        <source>train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>apply</source>
        <translation>应用</translation>
    </message>
</context>
<context>
    <name>Plane</name>
    <message>
        <source>direction {0}</source>
        <translation>方向 {0}</translation>
    </message>
    <message>
        <source>random direction {0}</source>
        <translation>随机方向 {0}</translation>
    </message>
    <message>
        <source>{name} · {share} % of the path’s variance</source>
        <translation>{name} · 占路径方差的 {share} %</translation>
    </message>
    <message>
        <source>{name} · {share} %</source>
        <translation>{name} · {share} %</translation>
    </message>
    <message>
        <source>A plane through {count} parameters, at step {step}. The path is projected: it does not lie on this surface. {source}</source>
        <translation>{count} 维参数空间中的一个平面，取自第 {step} 步。路径投影在平面上，并不在这个曲面上。{source}</translation>
    </message>
    <message>
        <source>Principal directions: those in which the parameters of {points} keyframes of this run vary most (principal components; Lorch 2016, “Visualizing Deep Network Training Trajectories with PCA”; Li et al. 2018, §7.2).</source>
        <translation>主方向：本次运行 {points} 个关键帧的参数变化最大的方向（主成分；Lorch 2016，“Visualizing Deep Network Training Trajectories with PCA”；Li 等 2018,§7.2）。</translation>
    </message>
    <message>
        <source>Random directions (seed {seed}): the weights into each unit are scaled to the size of the model’s own, and biases stay as they are (“filter-normalised”; Li et al. 2018, “Visualizing the Loss Landscape of Neural Nets”, §4).</source>
        <translation>随机方向（种子 {seed}）：进入每个单元的权重按模型自身权重的大小缩放，偏置保持不变（“滤波器归一化”；Li 等 2018，“Visualizing the Loss Landscape of Neural Nets”，§4）。</translation>
    </message>
    <message>
        <source>The path has not turned yet: what it does not give is drawn at random.</source>
        <translation>路径还没有转弯：它给不出的方向随机选取。</translation>
    </message>
    <message>
        <source>Scaled to these weights, the random directions would make no plane: one of them is of the same length in all parameters.</source>
        <translation>按这些权重缩放后，随机方向构不成平面：其中一个改为在所有参数上长度相同。</translation>
    </message>
    <message>
        <source>The plane goes through the parameters of step {step}; now they are {off} % of their size off it. It is laid anew when training pauses, and slowly while it runs.</source>
        <translation>平面穿过第 {step} 步的参数；当前参数偏离平面的距离是自身大小的 {off} %。训练暂停时会重新选取平面，运行中则隔一段时间选取一次。</translation>
    </message>
</context>
<context>
    <name>Point</name>
    <message>
        <source>{0} = {1}, its term of the loss</source>
        <translation>{0} = {1}，它的损失项</translation>
    </message>
    <message>
        <source>point {0}</source>
        <translation>点 {0}</translation>
    </message>
    <message>
        <source>point {0}: its class is {1}</source>
        <translation>点 {0}：类别为 {1}</translation>
    </message>
</context>
<context>
    <name>Predict</name>
    <message>
        <source>Type your number first; or press Next to see it without.</source>
        <translation>请先输入你的数；或按“前进”直接看结果。</translation>
    </message>
    <message>
        <source>Is “{0}” a thousand or a fraction? Type it without the comma.</source>
        <translation>“{0}”是一千多还是小数？请去掉逗号再输入。</translation>
    </message>
    <message>
        <source>“{0}” is too large: type a smaller number.</source>
        <translation>“{0}”太大：请输入小一些的数。</translation>
    </message>
    <message>
        <source>“{0}” is not a number: type one such as 1.25 or −0.5.</source>
        <translation>“{0}”不是数：请输入 1.25 或 −0.5 这样的数。</translation>
    </message>
    <message>
        <source>✓ Right</source>
        <translation>✓ 对了</translation>
    </message>
    <message>
        <source>✗ Not yet</source>
        <translation>✗ 还不对</translation>
    </message>
    <message>
        <source>{verdict}: {name} is {real}, you said {typed} (off by {difference})</source>
        <translation>{verdict}：{name} = {real}，你答的是 {typed}（相差 {difference}）</translation>
    </message>
    <message>
        <source>Work out the row “{0}” with its numbers, then press Enter.</source>
        <translation>用“{0}”一栏的数值算出结果，再按 Enter。</translation>
    </message>
    <message>
        <source>Work out the row “{0}” from its top line down, then press Enter.</source>
        <translation>从“{0}”一栏的第一行起逐行往下算，再按 Enter。</translation>
    </message>
    <message>
        <source>The loss of the next batch. This one’s is {0}; other points, other loss.</source>
        <translation>下一批次的损失。这一批次是 {0}；点不同，损失也不同。</translation>
    </message>
    <message>
        <source>The loss is {0} now. How far did it fall in the step before?</source>
        <translation>现在的损失是 {0}。上一步它下降了多少？</translation>
    </message>
    <message>
        <source>The loss is {0} now. A small step lowers it by about η·Σ(∂L/∂p)² = {1}.</source>
        <translation>现在的损失是 {0}。一小步大约使它下降 η·Σ(∂L/∂p)² = {1}。</translation>
    </message>
</context>
<context>
    <name>Prediction</name>
    <message>
        <source>Your prediction</source>
        <translation>你的预测</translation>
    </message>
    <message>
        <source>Your prediction:</source>
        <translation>你的预测：</translation>
    </message>
    <message>
        <source>What you predict</source>
        <translation>预测什么</translation>
    </message>
    <message>
        <source>What you predict: a parameter after the update, or the loss</source>
        <translation>预测什么：更新后的某个参数，或损失</translation>
    </message>
    <message>
        <source>Your prediction, a number</source>
        <translation>你预测的数</translation>
    </message>
    <message>
        <source>type it, then Enter</source>
        <translation>输入后按 Enter</translation>
    </message>
    <message>
        <source>Enter takes your number and goes on to see. It is right if it agrees in the digits shown; one more or less in the last of them is rounding, and right too.</source>
        <translation>按 Enter 提交并揭晓结果。显示的各位数字都相符就算对；最后一位差 1 属于舍入，也算对。</translation>
    </message>
    <message>
        <source>new {0}</source>
        <translation>新的 {0}</translation>
    </message>
    <message>
        <source>next loss</source>
        <translation>下一个损失值</translation>
    </message>
    <message>
        <source>{0} of {1} right in this run</source>
        <translation>本次运行答对 {0} 次，共 {1} 次</translation>
    </message>
    <message>
        <source>The run has stopped: there is no update to predict.</source>
        <translation>运行已停止：没有可预测的更新。</translation>
    </message>
    <message>
        <source>You said {0}. Press Next to see.</source>
        <translation>你答的是 {0}。按“前进”看结果。</translation>
    </message>
    <message>
        <source>Go on to “{0}”: there you predict the update.</source>
        <translation>请继续到“{0}”：在那里预测更新。</translation>
    </message>
</context>
<context>
    <name>Preferences</name>
    <message>
        <source>Reset preferences</source>
        <translation>重置偏好设置</translation>
    </message>
    <message>
        <source>Forget how the window, its panels and its colours were set, and which files were opened?</source>
        <translation>要清除窗口、面板和颜色的设置，以及打开过的文件的记录吗？</translation>
    </message>
    <message>
        <source>All is then as at the first start. Your runs stay as they are.</source>
        <translation>之后一切恢复到首次启动时的样子。运行记录不受影响。</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>重置</translation>
    </message>
</context>
<context>
    <name>Presenter</name>
    <message>
        <source>Leave · Esc</source>
        <translation>退出 · Esc</translation>
    </message>
    <message>
        <source>Leave presenter mode</source>
        <translation>退出演示模式</translation>
    </message>
    <message>
        <source>Back to the window as it was (Esc)</source>
        <translation>回到窗口原来的样子（Esc）</translation>
    </message>
</context>
<context>
    <name>Presets</name>
    <message>
        <source>The article&apos;s line</source>
        <translation>文章中的直线</translation>
    </message>
    <message>
        <source>Four points</source>
        <translation>四个点</translation>
    </message>
    <message>
        <source>Anscombe’s four</source>
        <translation>安斯库姆四重奏</translation>
    </message>
    <message>
        <source>Hubble 1929</source>
        <translation>哈勃 1929</translation>
    </message>
    <message>
        <source>Overfitting</source>
        <translation>过拟合</translation>
    </message>
    <message>
        <source>Cats and dogs</source>
        <translation>猫和狗</translation>
    </message>
    <message>
        <source>Iris</source>
        <translation>鸢尾花</translation>
    </message>
    <message>
        <source>Spiral</source>
        <translation>螺旋</translation>
    </message>
    <message>
        <source>Digits</source>
        <translation>手写数字</translation>
    </message>
    <message>
        <source>Digits, by filters</source>
        <translation>手写数字（卷积）</translation>
    </message>
    <message>
        <source>Race on Rosenbrock</source>
        <translation>Rosenbrock 竞赛</translation>
    </message>
    <message>
        <source>y = 2x + 1 learnt from 100 noisy points: every number is the article&apos;s.</source>
        <translation>从 100 个带噪声的点学出 y = 2x + 1：每个数都与文章一致。</translation>
    </message>
    <message>
        <source>Small enough to check by hand: four points on a line, w = b = 0.</source>
        <translation>小到可以手算：一条直线上的四个点，w = b = 0。</translation>
    </message>
    <message>
        <source>Four sets, one and the same line: change the set, and the same weights are learnt from a quite different picture.</source>
        <translation>四组数据，同一条直线：换一组数据，图形大不相同，学到的权重却一样。</translation>
    </message>
    <message>
        <source>The farther a nebula, the faster it moves away: 24 points of 1929, and a slope of 454 km/s per Mpc.</source>
        <translation>星云越远，退行越快：1929 年的 24 个点，斜率为每 Mpc 454 km/s。</translation>
    </message>
    <message>
        <source>A network with two layers of 32 units and 20 noisy points of a sine: its validation loss is lowest at epoch 69 and rises from there, while the training loss falls far below the noise.</source>
        <translation>两层各 32 个单元的网络，正弦曲线上的 20 个带噪声的点：验证损失在第 69 轮最低，随后上升，而训练损失远远降到噪声之下。</translation>
    </message>
    <message>
        <source>70 animals to learn from, 30 for the test. At the start the first one is a cat to 70 %; it is a cat, so its loss is −ln 0.70 = 0.36, the article’s.</source>
        <translation>70 只动物用于训练，30 只用于测试。开始时第一只有 70 % 的概率是猫；它确实是猫，所以损失是 −ln 0.70 = 0.36，与文章一致。</translation>
    </message>
    <message>
        <source>Three irises told apart by four lengths: softmax regression on 105 flowers.</source>
        <translation>用四个长度区分三种鸢尾花：在 105 朵花上做 softmax 回归。</translation>
    </message>
    <message>
        <source>Two arms of a spiral, learnt by two layers of eight units in batches of ten.</source>
        <translation>螺旋的两条臂，由两层各八个单元的网络学习，批大小为 10。</translation>
    </message>
    <message>
        <source>A net of 32 units learns to read handwritten digits: 97 of 100 are right after 15 epochs.</source>
        <translation>32 个单元的网络学认手写数字：15 轮后，100 个中能认对 97 个。</translation>
    </message>
    <message>
        <source>A convolutional net of 8 filters does better: 98 of 100 are right after 15 epochs. See under Network what each filter makes of a digit.</source>
        <translation>8 个卷积核的卷积网络学得更好：15 轮后，100 个中能认对 98 个。在“网络”中可以看到每个卷积核怎样处理数字。</translation>
    </message>
    <message>
        <source>A bent valley without any data. Plain descent creeps along it, while momentum and Adam, which start beside it, arrive.</source>
        <translation>一条弯曲的山谷，没有任何数据。普通梯度下降在其中缓慢爬行，而在旁边出发的动量和 Adam 都能到达。</translation>
    </message>
</context>
<context>
    <name>Preview</name>
    <message>
        <source>First rows of the file</source>
        <translation>文件的前几行</translation>
    </message>
    <message>
        <source>The first rows, as they stand in the file; ⚠ marks odd cells</source>
        <translation>文件中的前几行原文；⚠ 标出异常的单元格</translation>
    </message>
</context>
<context>
    <name>ProbabilityBars</name>
    <message>
        <source>Probability of each class</source>
        <translation>各类别的概率</translation>
    </message>
    <message>
        <source>How probable the model takes each class to be; together they make 100 %</source>
        <translation>模型认为各类别有多大可能；合计为 100 %</translation>
    </message>
    <message>
        <source>{0} (true class)</source>
        <translation>{0}（真实类别）</translation>
    </message>
</context>
<context>
    <name>Problems</name>
    <message>
        <source>{label} is empty: type a number such as {example}.</source>
        <translation>“{label}”为空：请输入一个数，例如 {example}。</translation>
    </message>
    <message>
        <source>{label}: “{value}” is not a number. Type one such as 0.01 or 1e-2.</source>
        <translation>“{label}”：“{value}”不是数。请输入 0.01 或 1e-2 这样的数。</translation>
    </message>
    <message>
        <source>{label}: is “{value}” a thousand or a fraction? Type it without the comma.</source>
        <translation>“{label}”：“{value}”是一千多还是小数？请去掉逗号再输入。</translation>
    </message>
    <message>
        <source>{label} must be a finite number: {value} is not. Type one such as 0.01.</source>
        <translation>“{label}”必须是有限的数：{value} 不是。请输入 0.01 这样的数。</translation>
    </message>
    <message>
        <source>{label} must be a whole number: {value} is not. Leave out the fraction.</source>
        <translation>“{label}”必须是整数：{value} 不是。请去掉小数部分。</translation>
    </message>
    <message>
        <source>{label} can only be on or off (true or false).</source>
        <translation>“{label}”只能是开或关（true 或 false）。</translation>
    </message>
    <message>
        <source>{label} must be a text, not {value}.</source>
        <translation>“{label}”必须是文本，不能是 {value}。</translation>
    </message>
    <message>
        <source>{label} {value} is too small: choose {range}.</source>
        <translation>“{label}”的值 {value} 太小：请选{range}。</translation>
    </message>
    <message>
        <source>{label} {value} is too large: choose {range}.</source>
        <translation>“{label}”的值 {value} 太大：请选{range}。</translation>
    </message>
    <message>
        <source>Batch size {value} is larger than the {maximum} training points: choose 1 to {maximum}, or all.</source>
        <translation>批大小 {value} 超过了 {maximum} 个训练点：请选 1 到 {maximum}，或全部。</translation>
    </message>
    <message>
        <source>{label} looks at validation points, and there are none: raise the validation share (under Data, More), or leave {label} off.</source>
        <translation>“{label}”要看验证点，而现在没有验证点：请调高验证占比（在“数据”的“更多”中），或关闭“{label}”。</translation>
    </message>
    <message>
        <source>{label} asks for points, and a test surface has none: leave it out, or choose data.</source>
        <translation>“{label}”需要数据点，而测试曲面没有：请去掉这一项，或改选数据。</translation>
    </message>
    <message>
        <source>The loss “{value}” compares predictions with points, and a test surface has none: its loss is its own height. Choose {known}.</source>
        <translation>损失“{value}”要把预测值与数据点比较，而测试曲面没有数据点：它的损失就是自身的高度。请选 {known}。</translation>
    </message>
    <message>
        <source>The model “{value}” learns from points, and a test surface has none. Choose {known}.</source>
        <translation>模型“{value}”从数据点学习，而测试曲面没有数据点。请选 {known}。</translation>
    </message>
    <message>
        <source>The model “{value}” is for the test surfaces, which have no points. Choose one of {known}, or one of the surfaces as data.</source>
        <translation>模型“{value}”用于没有数据点的测试曲面。请从 {known} 中选择，或把数据换成测试曲面。</translation>
    </message>
    <message>
        <source>x to {value} must be greater than x from {minimum}: widen the range.</source>
        <translation>“x 到”的值 {value} 必须大于“x 从”的值 {minimum}：请放宽范围。</translation>
    </message>
    <message>
        <source>{label} looks ahead along the momentum, and there is none: set a momentum above 0 (0.9 is usual), or switch {label} off.</source>
        <translation>“{label}”沿动量向前看，而现在没有动量：请把动量设为大于 0(通常为 0.9)，或关闭“{label}”。</translation>
    </message>
    <message>
        <source>The initial weights must be one number for each of {names}.</source>
        <translation>初始权重必须为 {names} 各给一个数。</translation>
    </message>
    <message>
        <source>The model has {value} weights: they can be set by hand up to {maximum}. Draw them from their seed.</source>
        <translation>模型有 {value} 个权重：最多只能手动设置 {maximum} 个。请按随机种子生成。</translation>
    </message>
    <message>
        <source>The initial weights are given twice, by hand and of a file: leave one of them out.</source>
        <translation>初始权重给了两次：手动设置和来自文件。请去掉其中之一。</translation>
    </message>
    <message>
        <source>The file has {value} weights, and this model has {count}: choose the model that they are of.</source>
        <translation>文件有 {value} 个权重，而这个模型有 {count} 个：请选择这些权重所属的模型。</translation>
    </message>
    <message>
        <source>One of the weights in the file is {value}, from which nothing can be learnt. Choose weights that were saved before the run diverged.</source>
        <translation>文件中有一个权重是 {value}，无法从它开始学习。请选择发散之前保存的权重。</translation>
    </message>
    <message>
        <source>The initial weights are no weights of a file: draw them from their seed.</source>
        <translation>初始权重不是文件中的权重：请按随机种子生成。</translation>
    </message>
    <message>
        <source>{label}: “{value}” is not a list of numbers. Type one for each layer, such as 8, 8.</source>
        <translation>“{label}”：“{value}”不是一列数。请为每层输入一个数，例如 8, 8。</translation>
    </message>
    <message>
        <source>{label}: {value} layers are too many. Type at most {maximum} numbers.</source>
        <translation>“{label}”：{value} 层太多。最多输入 {maximum} 个数。</translation>
    </message>
    <message>
        <source>{label}: a layer of {value} cannot be had here. Each has {minimum} to {maximum}.</source>
        <translation>“{label}”：一层不能有 {value} 个。每层 {minimum} 到 {maximum} 个。</translation>
    </message>
    <message>
        <source>The drawing is empty: click on the Fit plot to add points, or type them, such as 0,1 1,3 2,5.</source>
        <translation>还没有画任何点：请在“拟合”图上单击添加，或直接输入，例如 0,1 1,3 2,5。</translation>
    </message>
    <message>
        <source>{label}: “{value}” is not a list of points. Type {names} of each, such as {example}.</source>
        <translation>“{label}”：“{value}”不是一列点。请输入每个点的 {names}，例如 {example}。</translation>
    </message>
    <message>
        <source>The drawing is empty: choose a class and click on the map to add points, or type x1, x2 and class of each, such as 0,1,1 1,3,1 2,5,2.</source>
        <translation>还没有画任何点：请选一个类别，在地图上单击添加，或输入每个点的 x1、x2 和类别，例如 0,1,1 1,3,1 2,5,2。</translation>
    </message>
    <message>
        <source>{label}: {value} is no class (point {point}). Choose a whole number from 1 to {maximum}.</source>
        <translation>“{label}”：{value} 不是类别（点 {point}）。请选 1 到 {maximum} 的整数。</translation>
    </message>
    <message>
        <source>{label}: {value} points are too many, the most is {maximum}. Leave some out, or put them into a CSV file.</source>
        <translation>“{label}”：{value} 个点太多，最多 {maximum} 个。请去掉一些，或放进 CSV 文件。</translation>
    </message>
    <message>
        <source>{label}: point {point} must be the numbers {names}, and no more.</source>
        <translation>“{label}”：点 {point} 应当只有 {names} 这几个数。</translation>
    </message>
    <message>
        <source>{label}: {column} of point {point} is not a number. Correct it.</source>
        <translation>“{label}”：点 {point} 的 {column} 不是数。请改正。</translation>
    </message>
    <message>
        <source>{label}: {column} of point {point} is out of range. Choose {range}.</source>
        <translation>“{label}”：点 {point} 的 {column} 超出范围。请选{range}。</translation>
    </message>
    <message>
        <source>{value} x values are too many at once: type at most {maximum}.</source>
        <translation>一次输入 {value} 个 x 值太多：最多 {maximum} 个。</translation>
    </message>
    <message>
        <source>{label}: choose at least one of {known}.</source>
        <translation>“{label}”：请至少选一项：{known}。</translation>
    </message>
    <message>
        <source>One input has no product with another: choose another of the features.</source>
        <translation>只有一个输入，没有可相乘的另一个：请选其他特征。</translation>
    </message>
    <message>
        <source>These features would be {value} numbers; a model takes up to {maximum}. Leave the products out.</source>
        <translation>这些特征共有 {value} 个数；模型最多接受 {maximum} 个。请去掉乘积项。</translation>
    </message>
    <message>
        <source>{label}: the data have {inputs} inputs, and this row has {value}. Type {inputs} numbers for each row.</source>
        <translation>“{label}”：数据有 {inputs} 个输入，而这一行有 {value} 个。请为每行输入 {inputs} 个数。</translation>
    </message>
    <message>
        <source>{label} “{value}” is not for {classes} classes: choose {known}.</source>
        <translation>“{label}”的“{value}”不适用于 {classes} 个类别：请选 {known}。</translation>
    </message>
    <message>
        <source>{label} “{value}” is for classes, and these data have a number to learn: choose {known}.</source>
        <translation>“{label}”的“{value}”用于类别，而这些数据要学的是数值：请选 {known}。</translation>
    </message>
    <message>
        <source>The model takes {maximum} input, and these data have {value}: choose another model.</source>
        <translation>模型只接受 {maximum} 个输入，而这些数据有 {value} 个：请选其他模型。</translation>
    </message>
    <message>
        <source>The model looks at images, and what it is given here is none: choose another model, or data whose inputs are the pixels of an image, without other features.</source>
        <translation>模型处理的是图像，而这里给它的不是图像：请选其他模型，或选输入为图像像素的数据，且不加其他特征。</translation>
    </message>
    <message>
        <source>The model has {maximum} output, and the loss asks for {value}: choose another of the two.</source>
        <translation>模型有 {maximum} 个输出，而损失需要 {value} 个：请更换其中之一。</translation>
    </message>
    <message>
        <source>There is no column “{value}”: choose one of {known}.</source>
        <translation>没有“{value}”这一列：请从 {known} 中选择。</translation>
    </message>
    <message>
        <source>No input is chosen: choose at least one column that the model predicts from.</source>
        <translation>没有选择输入：请至少选一列供模型预测用。</translation>
    </message>
    <message>
        <source>“{value}” is the target and an input too: the model would only copy it. Take it out of the inputs, or choose another target.</source>
        <translation>“{value}”既是目标又是输入：模型只会照抄它。请从输入中去掉它，或另选目标。</translation>
    </message>
    <message>
        <source>Column “{value}” has texts: learn classes, or choose another target.</source>
        <translation>“{value}”列是文本：请学习类别，或另选目标。</translation>
    </message>
    <message>
        <source>Every row has “{known}” in column “{value}”: one class only, and nothing to tell apart. Choose another target.</source>
        <translation>每一行的“{value}”列都是“{known}”：只有一个类别，没有什么可区分。请另选目标。</translation>
    </message>
    <message>
        <source>Column “{column}” has {value} different values, and at most {maximum} classes can be told apart. Learn a number, or choose another target.</source>
        <translation>“{column}”列有 {value} 个不同的值，而最多能区分 {maximum} 个类别。请学习数值，或另选目标。</translation>
    </message>
    <message>
        <source>{value} inputs are too many, at most {maximum} can be had. A text is an input for each of its values: “{column}” is {count}. Leave out columns.</source>
        <translation>{value} 个输入太多，最多 {maximum} 个。文本的每个取值算一个输入：“{column}”占 {count} 个。请去掉一些列。</translation>
    </message>
    <message>
        <source>The inputs of all rows are {value} numbers, and the most is {maximum}. Leave out columns.</source>
        <translation>所有行的输入共有 {value} 个数，最多 {maximum} 个。请去掉一些列。</translation>
    </message>
    <message>
        <source>Column “{column}” has no value in row {row} ({count} such cells). Leave such rows out, fill them in, or choose other columns.</source>
        <translation>“{column}”列第 {row} 行没有值（这样的单元格共 {count} 个）。请舍去这些行、填补缺失值，或另选列。</translation>
    </message>
    <message>
        <source>Column “{value}” has no values at all: choose another.</source>
        <translation>“{value}”列没有任何值：请另选一列。</translation>
    </message>
    <message>
        <source>Each of the {value} rows has a missing value, so none is left. Fill them in, or choose other columns.</source>
        <translation>{value} 行中每一行都有缺失值，一行也不剩。请填补缺失值，或另选列。</translation>
    </message>
    <message>
        <source>The table has no rows of numbers: choose one with at least one row.</source>
        <translation>表格中没有数据行：请选择至少有一行数的表格。</translation>
    </message>
    <message>
        <source>The table has {value} rows; the most is {maximum}. Choose a part of it.</source>
        <translation>表格有 {value} 行；最多 {maximum} 行。请只取一部分。</translation>
    </message>
    <message>
        <source>Column “{column}”, row {row}: not a finite number. Correct it or leave the row out.</source>
        <translation>“{column}”列第 {row} 行：不是有限的数。请改正，或舍去这一行。</translation>
    </message>
    <message>
        <source>Column “{column}”, row {row}: beyond ±{maximum}, which 32-bit numbers cannot square. Use another unit.</source>
        <translation>“{column}”列第 {row} 行：超出 ±{maximum}，其平方无法用 32 位数表示。请换用其他单位。</translation>
    </message>
    <message>
        <source>{label}: this is not a table of numbers. Choose a CSV file.</source>
        <translation>“{label}”：这不是由数组成的表格。请选择 CSV 文件。</translation>
    </message>
    <message>
        <source>{label}: there is no “{value}”. Choose one of {known}.</source>
        <translation>“{label}”：没有“{value}”。请从 {known} 中选择。</translation>
    </message>
    <message>
        <source>{label} is not a setting of “{entry}”: remove it.</source>
        <translation>“{entry}”没有“{label}”这项设置：请去掉它。</translation>
    </message>
    <message>
        <source>{label} is missing from “{entry}”: add it.</source>
        <translation>“{entry}”缺少“{label}”：请补上。</translation>
    </message>
    <message>
        <source>{label} must name an entry, not {value}.</source>
        <translation>“{label}”必须是一个选项的名称，不能是 {value}。</translation>
    </message>
    <message>
        <source>{label} must be an object with named settings, not {value}.</source>
        <translation>“{label}”必须是由具名设置组成的对象，不能是 {value}。</translation>
    </message>
    <message>
        <source>This is not a GUITrain experiment: choose a file that GUITrain saved.</source>
        <translation>这不是 GUITrain 的实验：请选择由 GUITrain 保存的文件。</translation>
    </message>
    <message>
        <source>This experiment has version {value}; this GUITrain reads version {known}. Get a newer GUITrain.</source>
        <translation>这个实验的版本是 {value}；当前的 GUITrain 只能读取版本 {known}。请更新 GUITrain。</translation>
    </message>
    <message>
        <source>The largest learning rate {value} must be above the smallest, {minimum}: widen the range.</source>
        <translation>最大学习率 {value} 必须大于最小学习率 {minimum}：请放宽范围。</translation>
    </message>
    <message>
        <source>{label} cannot be swept here. Choose one of {known}.</source>
        <translation>“{label}”不能用于参数扫描。请从 {known} 中选择。</translation>
    </message>
    <message>
        <source>{label}: {value} values are too many to be told apart. Give at most {maximum}.</source>
        <translation>“{label}”：{value} 个值太多，难以区分。最多给 {maximum} 个。</translation>
    </message>
    <message>
        <source>{value} runs are too many for one sweep: the most is {maximum}. Take fewer learning rates, or fewer values of the second setting.</source>
        <translation>一次参数扫描 {value} 次运行太多：最多 {maximum} 次。请减少学习率的个数，或第二个设置的取值。</translation>
    </message>
    <message>
        <source>This machine has no {value} that torch can use. Choose one of: {known}.</source>
        <translation>这台计算机没有 torch 可用的 {value}。可选：{known}。</translation>
    </message>
    <message>
        <source>A cluster needs Dask, which is not installed: pip install “dask[distributed]”, the same version as on the cluster.</source>
        <translation>使用集群需要 Dask，而它尚未安装：pip install “dask[distributed]”，版本须与集群相同。</translation>
    </message>
    <message>
        <source>A cluster needs Dask, which this build of GUITrain does not hold. Leave --cluster out to train on this machine, or start GUITrain with Python (main.py), where it can be installed.</source>
        <translation>集群需要 Dask，打包版 GUITrain 中没有。去掉 --cluster 即可在本机训练，或用 Python 启动 GUITrain（main.py），在那里安装 Dask。</translation>
    </message>
    <message>
        <source>No Dask scheduler answers at {value} ({reason}). Check the address; it looks like tcp://host:8786.</source>
        <translation>{value} 处没有 Dask 调度器应答（{reason}）。请检查地址，形如 tcp://host:8786。</translation>
    </message>
    <message>
        <source>The run has not begun: press Next or Run first.</source>
        <translation>运行尚未开始：请先按“前进”或“运行”。</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Optimizer</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>学习率调度</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>Initial weights</source>
        <translation>初始权重</translation>
    </message>
    <message>
        <source>Target loss</source>
        <translation>目标损失</translation>
    </message>
    <message>
        <source>Patience</source>
        <translation>耐心值</translation>
    </message>
    <message>
        <source>Gradient norm</source>
        <translation>梯度范数</translation>
    </message>
    <message>
        <source>Smallest learning rate</source>
        <translation>最小学习率</translation>
    </message>
    <message>
        <source>Largest learning rate</source>
        <translation>最大学习率</translation>
    </message>
    <message>
        <source>Number of learning rates</source>
        <translation>学习率的个数</translation>
    </message>
    <message>
        <source>a number of at most {maximum}</source>
        <translation>不大于 {maximum} 的数</translation>
    </message>
    <message>
        <source>a number above {minimum}</source>
        <translation>大于 {minimum} 的数</translation>
    </message>
    <message>
        <source>a number of at least {minimum}</source>
        <translation>不小于 {minimum} 的数</translation>
    </message>
    <message>
        <source>a number above {minimum}, at most {maximum}</source>
        <translation>大于 {minimum} 且不大于 {maximum} 的数</translation>
    </message>
    <message>
        <source>a number from {minimum} to {maximum}</source>
        <translation>从 {minimum} 到 {maximum} 的数</translation>
    </message>
</context>
<context>
    <name>RaceDialog</name>
    <message>
        <source>A fair race</source>
        <translation>公平竞赛</translation>
    </message>
    <message>
        <source>All start with the same data, seeds and initial weights, and go on together, epoch by epoch. Only what you choose here differs.</source>
        <translation>所有运行使用相同的数据、随机种子和初始权重，一轮一轮同时前进。只有这里选择的设置不同。</translation>
    </message>
    <message>
        <source>Add a run</source>
        <translation>添加运行</translation>
    </message>
    <message>
        <source>Add a run to the race</source>
        <translation>为竞赛添加运行</translation>
    </message>
    <message>
        <source>One more run, up to {0} in all</source>
        <translation>再添加一次运行，最多 {0} 次</translation>
    </message>
    <message>
        <source>Start the race</source>
        <translation>开始竞赛</translation>
    </message>
    <message>
        <source>Begin these runs and play them together</source>
        <translation>开始这些运行，并同时播放</translation>
    </message>
    <message>
        <source>Leave everything as it is</source>
        <translation>不作任何改变</translation>
    </message>
    <message>
        <source>Run {0} of the race</source>
        <translation>竞赛中的运行 {0}</translation>
    </message>
    <message>
        <source>the present settings</source>
        <translation>当前设置</translation>
    </message>
    <message>
        <source>over {0} = {1}: diverges on these points</source>
        <translation>超过 {0} = {1}：在这些点上会发散</translation>
    </message>
    <message>
        <source>over {0} = {1}: diverges on this surface</source>
        <translation>超过 {0} = {1}：在这个曲面上会发散</translation>
    </message>
    <message>
        <source>over {0} = {1}: does not settle on these points</source>
        <translation>超过 {0} = {1}：在这些点上不会稳定</translation>
    </message>
    <message>
        <source>Runs {0} and {1} are the same: change one of them, or take it out.</source>
        <translation>运行 {0} 与运行 {1} 相同：请改动其中一个，或将它移除。</translation>
    </message>
</context>
<context>
    <name>Rate</name>
    <message>
        <source>η = {rate} moves each weight by up to {first} in the first step and by about {last} later, however steep the loss: about {reach} in {steps}. Too large a rate swings around the best. No limit such as 2/λmax is known.</source>
        <translation>η = {rate} 时，无论损失多陡，每个权重第一步最多移动 {first}，以后每步约 {last}：{steps}共约 {reach}。学习率过大会在最优点附近摆动。没有已知的 2/λmax 这类上限。</translation>
    </message>
    <message>
        <source>η = {rate} moves each weight by {first} at most in the first step, and less and less from there: by {last} in the last of {steps} if its gradient stays the same, about {reach} in all. No limit such as 2/λmax is known.</source>
        <translation>η = {rate} 时，每个权重第一步最多移动 {first}，以后越来越小：若梯度不变，{steps}中的最后一步移动 {last}，总共约 {reach}。没有已知的 2/λmax 这类上限。</translation>
    </message>
    <message>
        <source>η = {rate} moves each weight by about {last} a step at most, however steep the loss: about {reach} in {steps}. Too large a rate swings around the best. No limit such as 2/λmax is known.</source>
        <translation>η = {rate} 时，无论损失多陡，每个权重每步最多移动约 {last}：{steps}共约 {reach}。学习率过大会在最优点附近摆动。没有已知的 2/λmax 这类上限。</translation>
    </message>
    <message>
        <source>η = {rate} moves each weight by about {last} a step at most, however steep the loss: about {reach} in {steps}, besides the decay (which diverges over η = 2/λ). Too large a rate swings around the best. No limit such as 2/λmax is known.</source>
        <translation>η = {rate} 时，无论损失多陡，每个权重每步最多移动约 {last}：{steps}共约 {reach}，权重衰减另计（η 超过 2/λ 时它会发散）。学习率过大会在最优点附近摆动。没有已知的 2/λmax 这类上限。</translation>
    </message>
    <message>
        <source>That is with all {count} points in each step; batches of {batch} jitter, and may diverge sooner.</source>
        <translation>这是每步使用全部 {count} 个点的情形；批大小为 {batch} 时会抖动，可能更早发散。</translation>
    </message>
    <message>
        <source>That is η₀: the schedule takes η from {first} in epoch 1 to {last} in epoch {end}.</source>
        <translation>这是 η₀：学习率调度使 η 从第 1 轮的 {first} 变到第 {end} 轮的 {last}。</translation>
    </message>
    <message>
        <source>From there on nothing is learnt any more.</source>
        <translation>此后不再学到任何东西。</translation>
    </message>
    <message>
        <source>It comes under the limit {limit} in epoch {epoch}.</source>
        <translation>它在第 {epoch} 轮降到上限 {limit} 以下。</translation>
    </message>
    <message>
        <source>It goes over the limit {limit} in epoch {epoch}.</source>
        <translation>它在第 {epoch} 轮升到上限 {limit} 以上。</translation>
    </message>
    <message>
        <source>For this model no limit is known before the run: its loss is no parabola of the weights, so how curved it is, and how large η may be, changes on the way.</source>
        <translation>这个模型在运行前没有已知的上限：它的损失不是权重的抛物面，弯曲程度会在途中变化，η 的上限也随之变化。</translation>
    </message>
    <message>
        <source>{loss} has no limit 2/λmax: its slope is as steep near the best fit as far off, so steps never shrink, and the fit ends up trembling around it.</source>
        <translation>{loss} 没有 2/λmax 这样的上限：它的斜率在最佳拟合附近与远处一样陡，步长不会缩小，拟合最终在最优点附近颤动。</translation>
    </message>
    <message>
        <source>The powers of x are beyond what can be reckoned with here: no learning rate is small enough to be sure of.</source>
        <translation>x 的次幂太大，这里无法计算：再小的学习率也没有把握。</translation>
    </message>
    <message>
        <source>For this optimizer no limit of the learning rate is known.</source>
        <translation>这个优化器没有已知的学习率上限。</translation>
    </message>
    <message>
        <source>This surface has no minimum: whatever η is, the loss falls without end, the sooner the larger η is.</source>
        <translation>这个曲面没有最小值：无论 η 是多少，损失都会无止境地下降，η 越大降得越快。</translation>
    </message>
    <message>
        <source>The surface bends down where descent starts, so η has no limit there. Its curvature, and with it how large η may be, changes on the way.</source>
        <translation>曲面在下降的起点处向下弯曲，所以那里的 η 没有上限。曲率会在途中变化，η 的上限也随之变化。</translation>
    </message>
    <message>
        <source>The limit of η changes on the way, with the surface’s curvature. Where descent starts that is λmax = {curvature}: with η over {formula} = {limit} steps overshoot further and further there.</source>
        <translation>η 的上限随曲面的曲率在途中变化。下降的起点处 λmax = {curvature}：若 η 超过 {formula} = {limit}，那里的每一步会越来越远地越过最低点。</translation>
    </message>
    <message>
        <source>η = {rate} creeps: the loss&apos;s fall takes about {steep}, and the run has {run}.</source>
        <translation>η = {rate} 太慢：损失降下来约需 {steep}，而本次运行只有 {run} 轮。</translation>
    </message>
    <message>
        <source>η = {rate} creeps: even the steep part of the loss&apos;s fall takes about {steep}, and the run has {run}.</source>
        <translation>η = {rate} 太慢：仅损失陡降的部分就约需 {steep}，而本次运行只有 {run} 轮。</translation>
    </message>
    <message>
        <source>η = {rate} converges: the loss falls straight to its best, 99 % of the way in about {slow}</source>
        <translation>η = {rate} 收敛：损失直接降向最低值，走完 99 % 约需 {slow}</translation>
    </message>
    <message>
        <source>η = {rate} converges: a steep fall of about {steep}, then a slow one along the valley, 99 % done after about {slow}</source>
        <translation>η = {rate} 收敛：先陡降约 {steep}，再沿山谷缓降，走完 99 % 约需 {slow}</translation>
    </message>
    <message>
        <source>η = {rate} is at the limit: each step lands as far beyond the valley&apos;s floor as it came from.</source>
        <translation>η = {rate} 恰在上限：每一步越过谷底的距离与来时相同。</translation>
    </message>
    <message>
        <source>η = {rate} overshoots: momentum swings past the valley&apos;s floor and back, less each time. 99 % settled after about {slow}</source>
        <translation>η = {rate} 越过最低点：动量使它在谷底两侧来回摆动，一次比一次小。稳定到 99 % 约需 {slow}</translation>
    </message>
    <message>
        <source>η = {rate} overshoots: each step lands across the valley, {share} times as far from its floor. 99 % settled after about {slow}</source>
        <translation>η = {rate} 越过最低点：每一步都落到山谷对面，离谷底的距离是上一步的 {share} 倍。稳定到 99 % 约需 {slow}</translation>
    </message>
    <message>
        <source>η = {rate} is over {formula} = {limit}: steps may overshoot without ever settling. For large errors the slope is bounded, so the loss stays finite.</source>
        <translation>η = {rate} 超过了 {formula} = {limit}：每步可能越过最低点，始终不能稳定。误差大时斜率有界，所以损失保持有限。</translation>
    </message>
    <message>
        <source>η = {rate} is over {formula} = {limit}: each step overshoots further. The loss grows ×{growth} per epoch, and is no number after about {overflow}.</source>
        <translation>η = {rate} 超过了 {formula} = {limit}：每一步越过最低点更远。损失每轮增大 ×{growth}，约 {overflow}后不再是有限的数。</translation>
    </message>
    <message>
        <source>η = {rate} is over {formula} = {limit}: each step overshoots further. In the end the loss grows ×{growth} per epoch; it would be no number after about {overflow}.</source>
        <translation>η = {rate} 超过了 {formula} = {limit}：每一步越过最低点更远。最终损失每轮增大 ×{growth}；约 {overflow}后将不再是有限的数。</translation>
    </message>
    <message>
        <source>{0}.</source>
        <translation>{0}。</translation>
    </message>
    <message>
        <source>{0} (the run has {run}).</source>
        <translation>{0}（本次运行共 {run} 轮）。</translation>
    </message>
    <message>
        <source>Where errors are over δ it takes longer.</source>
        <translation>误差大于 δ 时，需要更久。</translation>
    </message>
    <message>
        <source>1 step</source>
        <translation>1 步</translation>
    </message>
    <message>
        <source>{count} steps</source>
        <translation>{count} 步</translation>
    </message>
    <message>
        <source>1 epoch</source>
        <translation>1 轮</translation>
    </message>
    <message>
        <source>{count} epochs</source>
        <translation>{count} 轮</translation>
    </message>
</context>
<context>
    <name>RateBand</name>
    <message>
        <source>What this learning rate will do</source>
        <translation>这个学习率会怎样</translation>
    </message>
    <message>
        <source>Learning rate, on a logarithmic scale</source>
        <translation>学习率，对数刻度</translation>
    </message>
    <message>
        <source>Use the best learning rate</source>
        <translation>使用最佳学习率</translation>
    </message>
    <message>
        <source>best {0}</source>
        <translation>最佳 {0}</translation>
    </message>
    <message>
        <source>Use η = {0}: of all learning rates the one that in the long run takes the fewest epochs on these points</source>
        <translation>使用 η = {0}：长远来看，它在这些点上所需的轮数最少</translation>
    </message>
</context>
<context>
    <name>RateScale</name>
    <message>
        <source>What descent does at which learning rate</source>
        <translation>不同学习率下梯度下降的表现</translation>
    </message>
    <message>
        <source>With all the points in each step:
creeps – the run&apos;s epochs do not bring the loss down
converges – the loss falls without overshooting its valley
overshoots – each step lands beyond the valley&apos;s floor, nearer each time
diverges – further each time: η is over the limit</source>
        <translation>每步使用全部数据点时：
太慢 – 运行的轮数内损失降不下来
收敛 – 损失下降，不越过谷底
越过最低点 – 每一步落到谷底另一侧，一次比一次近
发散 – 一次比一次远：η 超过了上限</translation>
    </message>
    <message>
        <source>creeps</source>
        <translation>太慢</translation>
    </message>
    <message>
        <source>converges</source>
        <translation>收敛</translation>
    </message>
    <message>
        <source>overshoots</source>
        <translation>越过最低点</translation>
    </message>
    <message>
        <source>diverges</source>
        <translation>发散</translation>
    </message>
    <message>
        <source>over {0}</source>
        <translation>超过 {0}</translation>
    </message>
    <message>
        <source>unsettled</source>
        <translation>不稳定</translation>
    </message>
</context>
<context>
    <name>Report</name>
    <message>
        <source>What came of it</source>
        <translation>训练结果</translation>
    </message>
    <message>
        <source>The experiment</source>
        <translation>实验</translation>
    </message>
    <message>
        <source>Plots</source>
        <translation>图表</translation>
    </message>
    <message>
        <source>Results in numbers</source>
        <translation>数值结果</translation>
    </message>
    <message>
        <source>The first steps in numbers</source>
        <translation>最初几步的数值</translation>
    </message>
    <message>
        <source>Changed while it ran</source>
        <translation>运行中的改动</translation>
    </message>
    <message>
        <source>All runs</source>
        <translation>所有运行</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>笔记</translation>
    </message>
    <message>
        <source>What do you see, and why is it so?</source>
        <translation>你看到了什么？为什么会这样？</translation>
    </message>
    <message>
        <source>Made with</source>
        <translation>制作环境</translation>
    </message>
    <message>
        <source>Report of a training run</source>
        <translation>训练报告</translation>
    </message>
    <message>
        <source>The run has not stopped: {epoch} of {epochs} epochs are done.</source>
        <translation>运行尚未停止：已完成 {epoch} 轮，共 {epochs} 轮。</translation>
    </message>
    <message>
        <source>This is how it was at step {0}; it was trained up to step {1}.</source>
        <translation>这是第 {0} 步时的情形；训练已进行到第 {1} 步。</translation>
    </message>
    <message>
        <source>Training stopped on an error: {0}</source>
        <translation>训练因出错而停止：{0}</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Formulas</source>
        <translation>公式</translation>
    </message>
    <message>
        <source>p stands for each of the {0} weights.</source>
        <translation>p 代表 {0} 个权重中的每一个。</translation>
    </message>
    <message>
        <source>Training points</source>
        <translation>训练点</translation>
    </message>
    <message>
        <source>Validation points</source>
        <translation>验证点</translation>
    </message>
    <message>
        <source>Test points</source>
        <translation>测试点</translation>
    </message>
    <message>
        <source>Inputs</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>轮数</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Validation loss</source>
        <translation>验证损失</translation>
    </message>
    <message>
        <source>Loss by epoch</source>
        <translation>各轮的损失</translation>
    </message>
    <message>
        <source>Final loss, on all the training points: {0}.</source>
        <translation>最终损失（全部训练点）：{0}。</translation>
    </message>
    <message>
        <source>Final loss, the height of the surface: {0}.</source>
        <translation>最终损失（曲面的高度）：{0}。</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>Scores</source>
        <translation>评分</translation>
    </message>
    <message>
        <source>Applied to new inputs</source>
        <translation>对新输入的预测</translation>
    </message>
    <message>
        <source>initial</source>
        <translation>初始</translation>
    </message>
    <message>
        <source>trained</source>
        <translation>训练后</translation>
    </message>
    <message>
        <source>least squares</source>
        <translation>最小二乘</translation>
    </message>
    <message>
        <source>true</source>
        <translation>真实</translation>
    </message>
    <message>
        <source>Best: the least-squares fit of the training points, for comparison.</source>
        <translation>最优：训练点的最小二乘拟合，供比较。</translation>
    </message>
    <message>
        <source>Step {0}</source>
        <translation>第 {0} 步</translation>
    </message>
    <message>
        <source>From step</source>
        <translation>起始步</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>改动</translation>
    </message>
    <message>
        <source>{0} (this one)</source>
        <translation>{0}（当前运行）</translation>
    </message>
    <message>
        <source>System</source>
        <translation>系统</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>… and {0} more</source>
        <translation>…… 另有 {0} 项</translation>
    </message>
    <message>
        <source>Name:</source>
        <translation>姓名：</translation>
    </message>
    <message>
        <source>Your name and your notes can be typed here, in the browser. Then print the page, or save it as a PDF: what is typed is not kept in this file.</source>
        <translation>可以在浏览器中直接填写姓名和笔记。填好后请打印或另存为 PDF：填写的内容不会存入本文件。</translation>
    </message>
    <message>
        <source>Page {0} of {1}</source>
        <translation>第 {0} 页，共 {1} 页</translation>
    </message>
</context>
<context>
    <name>ReportDialog</name>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>left empty, to be filled in</source>
        <translation>留空，以后填写</translation>
    </message>
    <message>
        <source>HTML and PDF</source>
        <translation>HTML 和 PDF</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>The heading of the report.</source>
        <translation>报告的标题。</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Whose report it is.</source>
        <translation>报告的作者。</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>HTML opens in any browser, and notes can be typed in it; PDF is for paper.</source>
        <translation>HTML 可用任何浏览器打开，笔记可直接填写；PDF 适合打印。</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>The experiment, the plots in sight, the results, the first steps in numbers, and room for notes.</source>
        <translation>内容包括实验、可见的图表、结果、最初几步的数值，以及写笔记的地方。</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>标题(&amp;T)</translation>
    </message>
    <message>
        <source>Your &amp;name</source>
        <translation>姓名(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Format</source>
        <translation>格式(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Save…</source>
        <translation>保存(&amp;S)…</translation>
    </message>
    <message>
        <source>Choose a file and write the report to it.</source>
        <translation>选择文件，写入报告。</translation>
    </message>
    <message>
        <source>Web pages (*.html)</source>
        <translation>网页 (*.html)</translation>
    </message>
    <message>
        <source>PDF documents (*.pdf)</source>
        <translation>PDF 文档 (*.pdf)</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>保存报告</translation>
    </message>
    <message>
        <source>Making the report: {0} of {1} parts</source>
        <translation>正在生成报告：第 {0} 部分，共 {1} 部分</translation>
    </message>
</context>
<context>
    <name>ResidualPanel</name>
    <message>
        <source>Predicted against true, and residuals</source>
        <translation>预测值与真实值，以及残差</translation>
    </message>
    <message>
        <source>Each dot is a training point, each square a test point. Click a dot.</source>
        <translation>圆点是训练点，方块是测试点。单击圆点。</translation>
    </message>
    <message>
        <source>What the plot shows</source>
        <translation>图中显示的内容</translation>
    </message>
    <message>
        <source>Predicted against true, or the residuals</source>
        <translation>预测值与真实值，或残差</translation>
    </message>
    <message>
        <source>RMSE = √(mean of (ŷ − y)²), in the unit of y: how far off predictions typically are.
R² = 1 − Σ(ŷ − y)² ÷ Σ(y − ȳ)²: 1 is perfect, 0 is no better than the mean of y.</source>
        <translation>RMSE = √((ŷ − y)² 的平均值)，单位与 y 相同：预测通常偏差多少。
R² = 1 − Σ(ŷ − y)² ÷ Σ(y − ȳ)²:1 为完美，0 表示不比 y 的平均值更好。</translation>
    </message>
    <message>
        <source>Test points are shown once you press Test.</source>
        <translation>按“测试”后才显示测试点。</translation>
    </message>
    <message>
        <source>Predicted against true</source>
        <translation>预测值与真实值</translation>
    </message>
    <message>
        <source>Residuals against the prediction</source>
        <translation>残差与预测值</translation>
    </message>
    <message>
        <source>Residuals against {0}</source>
        <translation>残差与 {0}</translation>
    </message>
</context>
<context>
    <name>ResidualPlot</name>
    <message>
        <source>Predicted against true, and residuals</source>
        <translation>预测值与真实值，以及残差</translation>
    </message>
    <message>
        <source>predicted {0}</source>
        <translation>{0} 的预测值</translation>
    </message>
    <message>
        <source>residual ŷ − y</source>
        <translation>残差 ŷ − y</translation>
    </message>
    <message>
        <source>residual ŷ − y ({0})</source>
        <translation>残差 ŷ − y（{0}）</translation>
    </message>
    <message>
        <source>true {0}</source>
        <translation>{0} 的真实值</translation>
    </message>
    <message>
        <source>ŷ = y: no error</source>
        <translation>ŷ = y：无误差</translation>
    </message>
    <message>
        <source>no error</source>
        <translation>无误差</translation>
    </message>
    <message>
        <source>These data have classes: there is no number to be off by.</source>
        <translation>这些数据是类别：没有数值可算偏差。</translation>
    </message>
    <message>
        <source>Each point’s prediction beside its true value: drawn once there is a run.</source>
        <translation>每个点的预测值与真实值：有运行后即可画出。</translation>
    </message>
</context>
<context>
    <name>Residuals</name>
    <message>
        <source>{mark} training: {how}</source>
        <translation>{mark} 训练：{how}</translation>
    </message>
    <message>
        <source>{mark} test: {how}</source>
        <translation>{mark} 测试：{how}</translation>
    </message>
    <message>
        <source>the predictions are no finite numbers any more</source>
        <translation>预测值已不再是有限的数</translation>
    </message>
    <message>
        <source>off by {rmse} (RMSE)</source>
        <translation>偏差 {rmse}（RMSE）</translation>
    </message>
    <message>
        <source>{0}, {1}</source>
        <translation>{0}，{1}</translation>
    </message>
    <message>
        <source>no R²: all y are the same</source>
        <translation>没有 R²：所有 y 都相同</translation>
    </message>
    <message>
        <source>worse than the mean of y (R² {r2})</source>
        <translation>不如 y 的平均值（R² {r2}）</translation>
    </message>
    <message>
        <source>{share} % of the spread explained (R²)</source>
        <translation>解释了 {share} % 的变化（R²）</translation>
    </message>
    <message>
        <source>{drawn} of {all} training points</source>
        <translation>{all} 个训练点中的 {drawn} 个</translation>
    </message>
    <message>
        <source>{drawn} of {all} test points</source>
        <translation>{all} 个测试点中的 {drawn} 个</translation>
    </message>
    <message>
        <source>Drawn: {0}, chosen evenly. The numbers are of all.</source>
        <translation>图中画出 {0}，均匀选取。数值按全部点计算。</translation>
    </message>
</context>
<context>
    <name>Results</name>
    <message>
        <source>inputs</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>answer</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>true y</source>
        <translation>真实 y</translation>
    </message>
    <message>
        <source>This x lies outside the training points.</source>
        <translation>这个 x 在训练点的范围之外。</translation>
    </message>
    <message>
        <source>train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>best</source>
        <translation>最优</translation>
    </message>
    <message>
        <source>valid.</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>next</source>
        <translation>其次</translation>
    </message>
</context>
<context>
    <name>ResultsPanel</name>
    <message>
        <source>The run</source>
        <translation>运行情况</translation>
    </message>
    <message>
        <source>What the run is doing, or why it stopped</source>
        <translation>运行正在做什么，或者为什么停止</translation>
    </message>
    <message>
        <source>Whether the model over- or underfits</source>
        <translation>模型是过拟合还是欠拟合</translation>
    </message>
    <message>
        <source>Errors on training and test points</source>
        <translation>训练点和测试点上的误差</translation>
    </message>
    <message>
        <source>Predictions for your x values</source>
        <translation>对所输入的 x 值的预测</translation>
    </message>
    <message>
        <source>Go back and on with a lower learning rate</source>
        <translation>返回，并用更小的学习率继续</translation>
    </message>
    <message>
        <source>Go to best epoch</source>
        <translation>转到最佳轮</translation>
    </message>
    <message>
        <source>Go back to where the validation loss was lowest. To go on from there with another setting makes a branch; this run stays in sight.</source>
        <translation>返回验证损失最低的地方。从那里改一个设置再继续，会产生一个分支；这次运行仍然看得见。</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Test on unseen points</source>
        <translation>用没见过的点测试</translation>
    </message>
    <message>
        <source>Measure the model on points it never trained on, and draw their loss.</source>
        <translation>在模型从未训练过的点上评估它，并画出这些点的损失。</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>To a CSV…</source>
        <translation>应用于 CSV…</translation>
    </message>
    <message>
        <source>Apply the model to the rows of a CSV file</source>
        <translation>把模型应用于 CSV 文件的各行</translation>
    </message>
    <message>
        <source>Predict for each row of a CSV file, and save the predictions as CSV. Its columns are found by their names; a target is not needed.</source>
        <translation>对 CSV 文件的每一行作预测，并把预测结果存为 CSV。各列按列名查找，不需要目标列。</translation>
    </message>
    <message>
        <source>x values to predict for</source>
        <translation>要预测的 x 值</translation>
    </message>
    <message>
        <source>x values, such as 1.5, 3.5</source>
        <translation>x 值，例如 1.5, 3.5</translation>
    </message>
    <message>
        <source>One or several x, with commas between them. Enter predicts their y.</source>
        <translation>一个或多个 x，用逗号隔开。按回车键预测它们的 y。</translation>
    </message>
    <message>
        <source>Apply the model to these x</source>
        <translation>把模型应用于这些 x</translation>
    </message>
    <message>
        <source>Predict y for the x typed here, and mark them on the plot.</source>
        <translation>对这里输入的 x 预测 y，并在图上标出。</translation>
    </message>
    <message>
        <source>To go on, change the rule at the left; or press Reset.</source>
        <translation>要继续，可修改左侧的停止条件，或按“重置”。</translation>
    </message>
    <message>
        <source>The run failed. Reset starts it again.</source>
        <translation>运行失败。按“重置”重新开始。</translation>
    </message>
    <message>
        <source>Training. Pause at any time: nothing is lost.</source>
        <translation>正在训练。随时可以暂停，不会丢失任何内容。</translation>
    </message>
    <message>
        <source>There are no points yet: click on the Fit plot to draw some.</source>
        <translation>还没有点：在“拟合”图上单击，画出几个点。</translation>
    </message>
    <message>
        <source>Loading PyTorch…</source>
        <translation>正在加载 PyTorch…</translation>
    </message>
    <message>
        <source>Paused. Run goes on, Next goes one further.</source>
        <translation>已暂停。“运行”接着训练，“前进”只走一格。</translation>
    </message>
    <message>
        <source>Ready. Press Run to watch the line learn, or Next to go by one.</source>
        <translation>已就绪。按“运行”观看直线如何学习，或按“前进”一格一格地走。</translation>
    </message>
    <message>
        <source>Ready. Press Run to watch the curve learn, or Next to go by one.</source>
        <translation>已就绪。按“运行”观看曲线如何学习，或按“前进”一格一格地走。</translation>
    </message>
    <message>
        <source>Ready. Press Run to watch the model learn, or Next to go by one.</source>
        <translation>已就绪。按“运行”观看模型如何学习，或按“前进”一格一格地走。</translation>
    </message>
    <message>
        <source>Ready. Press Run to watch the way down in Landscape, or Next to go by one.</source>
        <translation>已就绪。按“运行”在“损失地形”中观看下坡的路径，或按“前进”一格一格地走。</translation>
    </message>
    <message>
        <source>Go to best epoch ({0})</source>
        <translation>转到最佳轮（{0}）</translation>
    </message>
    <message>
        <source>{0} cells, then “;”</source>
        <translation>{0} 个单元格，再加“;”</translation>
    </message>
    <message>
        <source>Rows of {0} cells ({1}), numbers and texts, with commas between them and a semicolon after each row. Enter predicts.</source>
        <translation>每行 {0} 个单元格（{1}），可以是数字或文字，之间用逗号隔开，每行末尾加分号。按回车键预测。</translation>
    </message>
    <message>
        <source>a test surface has no x</source>
        <translation>测试曲面没有 x</translation>
    </message>
    <message>
        <source>{0} numbers, then “;”</source>
        <translation>{0} 个数，再加“;”</translation>
    </message>
    <message>
        <source>Rows of {0} numbers ({1}), with blanks or commas between them and a semicolon after each row. Enter predicts.</source>
        <translation>每行 {0} 个数（{1}），之间用空格或逗号隔开，每行末尾加分号。按回车键预测。</translation>
    </message>
    <message>
        <source>Go back to step {0}
with η = {1}</source>
        <translation>返回第 {0} 步
改用 η = {1}</translation>
    </message>
    <message>
        <source>Go back to step {0}, where the loss was still a finite number, and go on from there with the learning rate {1}. The diverged run stays in sight.</source>
        <translation>返回第 {0} 步（那时损失还是有限的数），并用学习率 {1} 从那里继续。发散的运行仍然看得见。</translation>
    </message>
    <message>
        <source>How well does the model do on points it has never seen?</source>
        <translation>模型在从未见过的点上表现如何？</translation>
    </message>
    <message>
        <source>No test points: raise the test share to have some.</source>
        <translation>没有测试点：请调高测试占比。</translation>
    </message>
    <message>
        <source>After epoch {0}.</source>
        <translation>第 {0} 轮之后。</translation>
    </message>
    <message>
        <source>After epoch {0}. Best: the least-squares line.</source>
        <translation>第 {0} 轮之后。最优：最小二乘直线。</translation>
    </message>
    <message>
        <source>After epoch {0}. Best: the least-squares plane.</source>
        <translation>第 {0} 轮之后。最优：最小二乘平面。</translation>
    </message>
    <message>
        <source>After epoch {0}. Best: the least-squares polynomial.</source>
        <translation>第 {0} 轮之后。最优：最小二乘多项式。</translation>
    </message>
    <message>
        <source>Penalties are not in these numbers.</source>
        <translation>这些数不含惩罚项。</translation>
    </message>
    <message>
        <source>What does the model say of a new x?</source>
        <translation>对一个新的 x，模型怎么说？</translation>
    </message>
    <message>
        <source>Draw one below, click a test image in Fit, or type its pixels.</source>
        <translation>在下面画一个，单击“拟合”中的一张测试图像，或输入它的像素。</translation>
    </message>
    <message>
        <source>⚠ Outside the training x: the model was never checked there.</source>
        <translation>⚠ 超出训练点的 x 范围：模型在那里从未检验过。</translation>
    </message>
</context>
<context>
    <name>RocPlot</name>
    <message>
        <source>ROC curves</source>
        <translation>ROC 曲线</translation>
    </message>
    <message>
        <source>false positive rate</source>
        <translation>假正率</translation>
    </message>
    <message>
        <source>true positive rate</source>
        <translation>真正率</translation>
    </message>
    <message>
        <source>ROC curves are drawn once there is a run on data with classes.</source>
        <translation>有了带类别数据的运行，才会画出 ROC 曲线。</translation>
    </message>
    <message>
        <source>The probabilities are no finite numbers any more: the run diverged.</source>
        <translation>概率已不再是有限的数：运行已发散。</translation>
    </message>
    <message>
        <source>These points are all of one class: there is no rest to tell it from.</source>
        <translation>这些点都属于同一类别：没有其他类别可以区分。</translation>
    </message>
    <message>
        <source>{0}: AUC {1}</source>
        <translation>{0}：AUC {1}</translation>
    </message>
    <message>
        <source>chance: AUC 0.5</source>
        <translation>随机猜测：AUC 0.5</translation>
    </message>
</context>
<context>
    <name>RunToButton</name>
    <message>
        <source>Run to an epoch, a loss or a gradient</source>
        <translation>运行到某一轮、某个损失或某个梯度</translation>
    </message>
    <message>
        <source>Run until an epoch, a loss or a gradient is reached, then pause</source>
        <translation>运行到指定的轮、损失或梯度，然后暂停</translation>
    </message>
    <message>
        <source>Run to…</source>
        <translation>运行到…</translation>
    </message>
</context>
<context>
    <name>RunToPopup</name>
    <message>
        <source>Run to</source>
        <translation>运行到</translation>
    </message>
    <message>
        <source>to epoch</source>
        <translation>到第几轮</translation>
    </message>
    <message>
        <source>Pause when so many epochs are done</source>
        <translation>完成这么多轮后暂停</translation>
    </message>
    <message>
        <source>until loss ≤</source>
        <translation>直到损失 ≤</translation>
    </message>
    <message>
        <source>Pause when the loss of an epoch is at or below this</source>
        <translation>某一轮的损失不高于此值时暂停</translation>
    </message>
    <message>
        <source>until gradient norm ≤</source>
        <translation>直到梯度范数 ≤</translation>
    </message>
    <message>
        <source>Pause when the length of the gradient, √(∂L/∂w² + ∂L/∂b²) for a line, is at or below this at an epoch&apos;s last step</source>
        <translation>某一轮的最后一步，梯度的长度（对直线是 √(∂L/∂w² + ∂L/∂b²)）不高于此值时暂停</translation>
    </message>
    <message>
        <source>until the loss rises</source>
        <translation>直到损失上升</translation>
    </message>
    <message>
        <source>Pause when an epoch&apos;s loss is above that of the one before</source>
        <translation>某一轮的损失高于前一轮时暂停</translation>
    </message>
    <message>
        <source>Pauses at the first epoch&apos;s end where this is so, unless the run stops first.</source>
        <translation>在第一个满足条件的轮结束时暂停，除非运行先停止。</translation>
    </message>
    <message>
        <source>Go</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Go: {0}</source>
        <translation>开始：{0}</translation>
    </message>
    <message>
        <source>Epoch {0} is not ahead: {1} are done. Type a later one, or go back with the timeline.</source>
        <translation>第 {0} 轮已经过去：已完成 {1} 轮。请输入更靠后的轮，或用时间线返回。</translation>
    </message>
</context>
<context>
    <name>Runs</name>
    <message>
        <source>Run {0}</source>
        <translation>运行 {0}</translation>
    </message>
    <message>
        <source>diverged</source>
        <translation>已发散</translation>
    </message>
    <message>
        <source>racing</source>
        <translation>竞赛中</translation>
    </message>
    <message>
        <source>step {0} of {1}</source>
        <translation>{1} 的第 {0} 步</translation>
    </message>
</context>
<context>
    <name>RunsModel</name>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>改动</translation>
    </message>
    <message>
        <source>From</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>轮数</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Check to draw the run behind the one in hand. Double click renames.</source>
        <translation>勾选后，这次运行画在当前运行的后面。双击可重命名。</translation>
    </message>
    <message>
        <source>Settings in which it differs from where it comes from</source>
        <translation>与来源不同的设置</translation>
    </message>
    <message>
        <source>The run that it branched from, and the step</source>
        <translation>它从哪次运行的哪一步分支而来</translation>
    </message>
    <message>
        <source>Epochs recorded</source>
        <translation>已记录的轮数</translation>
    </message>
    <message>
        <source>The last loss, or the final one</source>
        <translation>最后一个损失，或最终损失</translation>
    </message>
    <message>
        <source>{0}, the run in hand: it is always drawn</source>
        <translation>{0}，当前运行：始终显示</translation>
    </message>
    <message>
        <source>epoch {0}</source>
        <translation>第 {0} 轮</translation>
    </message>
    <message>
        <source>from {0}</source>
        <translation>来自 {0}</translation>
    </message>
</context>
<context>
    <name>RunsPanel</name>
    <message>
        <source>Runs</source>
        <translation>运行记录</translation>
    </message>
    <message>
        <source>Enter takes a run in hand, F2 renames it, Del deletes it, Space shows it</source>
        <translation>Enter 设为当前运行，F2 重命名，Del 删除，Space 显示</translation>
    </message>
    <message>
        <source>Go back to an earlier step and change a setting there: the run branches, and both stay here to compare. Or race several learning rates.</source>
        <translation>返回较早的一步并改一个设置：运行在那里分支，两次运行都留在这里供比较。也可以让几个学习率竞赛。</translation>
    </message>
    <message>
        <source>Make current</source>
        <translation>设为当前</translation>
    </message>
    <message>
        <source>Take the selected run in hand: it can be stepped and go on (Enter)</source>
        <translation>把选中的运行设为当前运行：可以单步，也可以继续（Enter）</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Rename the selected run (F2)</source>
        <translation>重命名选中的运行（F2）</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Forget the selected run for good (Del). The one in hand stays.</source>
        <translation>永久删除选中的运行（Del）。当前运行会保留。</translation>
    </message>
    <message>
        <source>Race…</source>
        <translation>竞赛…</translation>
    </message>
    <message>
        <source>Play several learning rates or optimizers together, from the same data, seeds and initial weights</source>
        <translation>用同样的数据、随机种子和初始权重，同时运行几个学习率或优化器</translation>
    </message>
    <message>
        <source>diverged</source>
        <translation>已发散</translation>
    </message>
    <message>
        <source>epoch {0}</source>
        <translation>第 {0} 轮</translation>
    </message>
    <message>
        <source>step {0} of {1}</source>
        <translation>{1} 的第 {0} 步</translation>
    </message>
</context>
<context>
    <name>RunsTable</name>
    <message>
        <source>Runs and branches</source>
        <translation>运行与分支</translation>
    </message>
</context>
<context>
    <name>SaveFile</name>
    <message>
        <source>{0} is there already. Replace it?</source>
        <translation>{0} 已经存在。要替换它吗？</translation>
    </message>
</context>
<context>
    <name>Schedule</name>
    <message>
        <source>Constant</source>
        <translation>恒定</translation>
    </message>
    <message>
        <source>Each epoch trains with the learning rate itself.</source>
        <translation>每一轮都直接用学习率本身训练。</translation>
    </message>
    <message>
        <source>Step decay</source>
        <translation>阶梯衰减</translation>
    </message>
    <message>
        <source>The rate drops to a part of itself every so many epochs, and stays there in between.</source>
        <translation>每隔若干轮，学习率降为原来的几分之几，其间保持不变。</translation>
    </message>
    <message>
        <source>Drop every</source>
        <translation>下降间隔</translation>
    </message>
    <message>
        <source>After how many epochs the rate drops, each time.</source>
        <translation>每隔多少轮，学习率下降一次。</translation>
    </message>
    <message>
        <source>epochs</source>
        <translation>轮</translation>
    </message>
    <message>
        <source>Drop to</source>
        <translation>下降系数</translation>
    </message>
    <message>
        <source>What a drop multiplies the rate by: 0.5 halves it.</source>
        <translation>每次下降时学习率乘以此数：0.5 表示减半。</translation>
    </message>
    <message>
        <source>Exponential</source>
        <translation>指数衰减</translation>
    </message>
    <message>
        <source>The rate is multiplied by the same number after every epoch.</source>
        <translation>每一轮之后，学习率都乘以同一个数。</translation>
    </message>
    <message>
        <source>Factor</source>
        <translation>衰减系数</translation>
    </message>
    <message>
        <source>What each epoch multiplies the rate by: 0.98 takes 2 % off.</source>
        <translation>每一轮学习率乘以此数：0.98 表示减少 2 %。</translation>
    </message>
    <message>
        <source>Cosine</source>
        <translation>余弦退火</translation>
    </message>
    <message>
        <source>The rate falls along half a cosine wave: slowly at first, then faster, slowly at the end.</source>
        <translation>学习率沿半个余弦波下降：先慢，后快，最后又慢。</translation>
    </message>
    <message>
        <source>Falls over</source>
        <translation>下降轮数</translation>
    </message>
    <message>
        <source>Epochs until the rate is at its lowest, where it stays: usually the run&apos;s own number of epochs.</source>
        <translation>经过多少轮学习率降到最低并保持不变：通常就是整个运行的轮数。</translation>
    </message>
    <message>
        <source>Lowest part</source>
        <translation>最低比例</translation>
    </message>
    <message>
        <source>What part of the learning rate is left in the end. At 0 the weights stand still then.</source>
        <translation>最后剩下学习率的几分之几。取 0 时权重到最后不再变动。</translation>
    </message>
    <message>
        <source>Warm-up</source>
        <translation>预热</translation>
    </message>
    <message>
        <source>The rate grows evenly over the first epochs, and stays at the learning rate then.</source>
        <translation>学习率在最初几轮里均匀增大，之后保持不变。</translation>
    </message>
    <message>
        <source>Grows over</source>
        <translation>预热轮数</translation>
    </message>
    <message>
        <source>Epochs until the rate has grown to the learning rate.</source>
        <translation>经过多少轮增大到设定的学习率。</translation>
    </message>
</context>
<context>
    <name>Scores</name>
    <message>
        <source>Cross-entropy</source>
        <translation>交叉熵</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精确率</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>召回率</translation>
    </message>
    <message>
        <source>F1</source>
        <translation>F1</translation>
    </message>
    <message>
        <source>ROC AUC</source>
        <translation>ROC AUC</translation>
    </message>
    <message>
        <source>accuracy {0}</source>
        <translation>准确率 {0}</translation>
    </message>
    <message>
        <source>MSE {0}</source>
        <translation>均方误差 {0}</translation>
    </message>
    <message>
        <source>“?” is a text that no training row has: its inputs are all 0, so the other inputs alone decide.</source>
        <translation>“?”表示训练数据中从未出现的文字：它对应的输入全为 0，因此只由其他输入决定。</translation>
    </message>
</context>
<context>
    <name>ScoresPanel</name>
    <message>
        <source>Scores of the classes</source>
        <translation>各类别评分</translation>
    </message>
    <message>
        <source>What to show</source>
        <translation>显示什么</translation>
    </message>
    <message>
        <source>The confusion matrix, the ROC curves, or one point</source>
        <translation>混淆矩阵、ROC 曲线或单个点</translation>
    </message>
    <message>
        <source>Confusion matrix</source>
        <translation>混淆矩阵</translation>
    </message>
    <message>
        <source>ROC curves</source>
        <translation>ROC 曲线</translation>
    </message>
    <message>
        <source>Selected point</source>
        <translation>选中的点</translation>
    </message>
    <message>
        <source>For every threshold of the probability: how many of the class are found, against how many of the rest are taken for it. The nearer to the upper left, the better.</source>
        <translation>对概率的每个阈值：该类别中有多少被找出，其他类别中又有多少被误认为该类别。越靠近左上角越好。</translation>
    </message>
    <message>
        <source>Rows: the true class. Columns: the answer. Framed: right answers.</source>
        <translation>行：真实类别。列：预测类别。带框的是预测正确的。</translation>
    </message>
    <message>
        <source>These data have a number to learn: there are no classes to tell apart.</source>
        <translation>这份数据要学的是一个数：没有类别可以区分。</translation>
    </message>
    <message>
        <source>The scores are shown as soon as the run is ready.</source>
        <translation>运行就绪后即显示评分。</translation>
    </message>
    <message>
        <source>{0} training points, accuracy {1}.</source>
        <translation>{0} 个训练点，准确率 {1}。</translation>
    </message>
    <message>
        <source>{0} test points, accuracy {1}.</source>
        <translation>{0} 个测试点，准确率 {1}。</translation>
    </message>
    <message>
        <source>The probabilities are no finite numbers any more: the run diverged.</source>
        <translation>概率已不再是有限的数：运行已发散。</translation>
    </message>
    <message>
        <source>While running, of {0} of them, chosen evenly.</source>
        <translation>运行时只用其中均匀选取的 {0} 个。</translation>
    </message>
    <message>
        <source>Test points are shown once you press Test.</source>
        <translation>按“测试”后才显示测试点。</translation>
    </message>
    <message>
        <source>Click a point (or an image) in Fit, or apply the model to one in Results.</source>
        <translation>在“拟合”中单击一个点（或图像），或在“结果”中把模型应用于一个点。</translation>
    </message>
    <message>
        <source>Training point {0}: its class is {1}.</source>
        <translation>训练点 {0}：类别是 {1}。</translation>
    </message>
    <message>
        <source>The first row applied: its class is not known, the answer is {0}.</source>
        <translation>所应用的第一行：类别未知，预测为 {0}。</translation>
    </message>
</context>
<context>
    <name>Script</name>
    <message>
        <source>===== 1. Data: inputs and true labels =====</source>
        <translation>===== 1. 准备数据：输入数据 + 真实标签 =====</translation>
    </message>
    <message>
        <source>===== 1. Data: none =====</source>
        <translation>===== 1. 数据：无 =====</translation>
    </message>
    <message>
        <source>===== 2. Model and its initial parameters =====</source>
        <translation>===== 2. 模型与初始参数 =====</translation>
    </message>
    <message>
        <source>===== 3. Training settings =====</source>
        <translation>===== 3. 设置训练参数 =====</translation>
    </message>
    <message>
        <source>===== 4. Training =====</source>
        <translation>===== 4. 训练迭代过程 =====</translation>
    </message>
    <message>
        <source>===== 5. Result =====</source>
        <translation>===== 5. 训练结果 =====</translation>
    </message>
    <message>
        <source>===== 6. Test and apply =====</source>
        <translation>===== 6. 模型测试与应用 =====</translation>
    </message>
    <message>
        <source>===== 6. Plots =====</source>
        <translation>===== 6. 可视化 =====</translation>
    </message>
    <message>
        <source>===== 7. Plots =====</source>
        <translation>===== 7. 可视化 =====</translation>
    </message>
    <message>
        <source>sums depend on it in their last bits</source>
        <translation>求和结果的最后几位与线程数有关</translation>
    </message>
    <message>
        <source>The loss is the height of a surface over two parameters.</source>
        <translation>损失就是两个参数上方曲面的高度。</translation>
    </message>
    <message>
        <source>a constant x is only shifted</source>
        <translation>取值恒定的 x 只做平移</translation>
    </message>
    <message>
        <source>where they start</source>
        <translation>初始值</translation>
    </message>
    <message>
        <source>where they start, in x&apos;s own unit</source>
        <translation>初始值，按 x 原来的单位</translation>
    </message>
    <message>
        <source>b, w1, … of x in its own unit</source>
        <translation>b、w1、……，按 x 原来的单位</translation>
    </message>
    <message>
        <source>no weights</source>
        <translation>不是权重</translation>
    </message>
    <message>
        <source>a row of pixels is an image</source>
        <translation>一行像素就是一幅图像</translation>
    </message>
    <message>
        <source>the weights in a file</source>
        <translation>文件中的权重</translation>
    </message>
    <message>
        <source>off at first</source>
        <translation>开始时为关</translation>
    </message>
    <message>
        <source>changed in mid-run</source>
        <translation>在运行中改动</translation>
    </message>
    <message>
        <source>{0} at first, changed in mid-run</source>
        <translation>开始时为 {0}，在运行中改动</translation>
    </message>
    <message>
        <source>where no step came after it</source>
        <translation>其后没有再更新的情况</translation>
    </message>
    <message>
        <source>draws which units are left out</source>
        <translation>抽取要丢弃的单元</translation>
    </message>
    <message>
        <source>no unit is left out</source>
        <translation>不丢弃任何单元</translation>
    </message>
    <message>
        <source>from here on no unit is left out</source>
        <translation>从这里起不再丢弃单元</translation>
    </message>
    <message>
        <source>the next epoch&apos;s learning rate</source>
        <translation>下一轮的学习率</translation>
    </message>
    <message>
        <source>diverged</source>
        <translation>已发散</translation>
    </message>
    <message>
        <source>the first training points</source>
        <translation>最前面的训练点</translation>
    </message>
    <message>
        <source>texts of no training point</source>
        <translation>训练点中没有的文本</translation>
    </message>
    <message>
        <source>missing: the mean of the training points, of texts the most frequent</source>
        <translation>缺失值：取训练点的均值，文本取最常见的</translation>
    </message>
    <message>
        <source>made-up animals: 0 cat, 1 dog; weight in kg, length of the snout in cm</source>
        <translation>虚构的动物：0 猫，1 狗；体重（kg）、口鼻长（cm）</translation>
    </message>
    <message>
        <source>{0} point, drawn by hand</source>
        <translation>{0} 个手绘的点</translation>
    </message>
    <message>
        <source>{0} points, drawn by hand</source>
        <translation>{0} 个手绘的点</translation>
    </message>
    <message>
        <source>{0} row: columns {1}</source>
        <translation>{0} 行：列 {1}</translation>
    </message>
    <message>
        <source>{0} rows: columns {1}</source>
        <translation>{0} 行：列 {1}</translation>
    </message>
    <message>
        <source>{0} row of {1}: columns {2}</source>
        <translation>{1} 的 {0} 行：列 {2}</translation>
    </message>
    <message>
        <source>{0} rows of {1}: columns {2}</source>
        <translation>{1} 的 {0} 行：列 {2}</translation>
    </message>
    <message>
        <source>classes: {0}</source>
        <translation>类别：{0}</translation>
    </message>
</context>
<context>
    <name>ScriptExport</name>
    <message>
        <source>Save the script</source>
        <translation>保存脚本</translation>
    </message>
    <message>
        <source>Python scripts (*.py)</source>
        <translation>Python 脚本 (*.py)</translation>
    </message>
</context>
<context>
    <name>SeedField</name>
    <message>
        <source>New</source>
        <translation>换一个</translation>
    </message>
</context>
<context>
    <name>SelfTest</name>
    <message>
        <source>Presets and lessons</source>
        <translation>预设与课程</translation>
    </message>
    <message>
        <source>The article&apos;s table</source>
        <translation>文章中的表格</translation>
    </message>
    <message>
        <source>A sweep, here and in other processes</source>
        <translation>参数扫描（本进程和其他进程）</translation>
    </message>
    <message>
        <source>The window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>All is well.</source>
        <translation>一切正常。</translation>
    </message>
    <message>
        <source>{0} checks failed.</source>
        <translation>{0} 项检查未通过。</translation>
    </message>
    <message>
        <source>{0} presets and {1} lessons are read</source>
        <translation>已读取 {0} 个预设和 {1} 个课程</translation>
    </message>
    <message>
        <source>{0} came out, and the article prints {1}</source>
        <translation>得到 {0}，而文章中是 {1}</translation>
    </message>
    <message>
        <source>every digit, to {0}</source>
        <translation>每一位数字都相同，直到 {0}</translation>
    </message>
    <message>
        <source>{0} came out here, and {1} in other processes</source>
        <translation>本进程得到 {0}，其他进程得到 {1}</translation>
    </message>
    <message>
        <source>{0} learning rates, the same losses</source>
        <translation>{0} 个学习率，损失相同</translation>
    </message>
    <message>
        <source>        The window is drawn on the screen.</source>
        <translation>        窗口显示在屏幕上。</translation>
    </message>
    <message>
        <source>        {0} The window is drawn in memory (offscreen).</source>
        <translation>        {0}窗口绘制在内存中（offscreen）。</translation>
    </message>
    <message>
        <source>The window trains and draws</source>
        <translation>窗口能训练并绘图</translation>
    </message>
    <message>
        <source>A plot as PNG, SVG and PDF</source>
        <translation>把图存为 PNG、SVG 和 PDF</translation>
    </message>
    <message>
        <source>A film as GIF</source>
        <translation>把动画存为 GIF</translation>
    </message>
    <message>
        <source>An experiment file</source>
        <translation>实验文件</translation>
    </message>
    <message>
        <source>nothing came of it in {0:.0f} s</source>
        <translation>{0:.0f} 秒内没有结果</translation>
    </message>
    <message>
        <source>the window is empty</source>
        <translation>窗口是空的</translation>
    </message>
    <message>
        <source>{0} × {1} pixels, {2} epochs</source>
        <translation>{0} × {1} 像素，{2} 轮</translation>
    </message>
    <message>
        <source>the PNG is not one</source>
        <translation>生成的 PNG 无效</translation>
    </message>
    <message>
        <source>the SVG has no text in it</source>
        <translation>SVG 中没有文字</translation>
    </message>
    <message>
        <source>the PDF is not one</source>
        <translation>生成的 PDF 无效</translation>
    </message>
    <message>
        <source>the GIF is not one</source>
        <translation>生成的 GIF 无效</translation>
    </message>
    <message>
        <source>it opens with other numbers than it was saved with</source>
        <translation>打开后的数与保存时不同</translation>
    </message>
    <message>
        <source>{0} KB, the same to the last bit</source>
        <translation>{0} KB，每一位都相同</translation>
    </message>
    <message>
        <source>built</source>
        <translation>打包版</translation>
    </message>
    <message>
        <source>not built</source>
        <translation>源码版</translation>
    </message>
    <message>
        <source>Preferences: {0}</source>
        <translation>偏好设置：{0}</translation>
    </message>
</context>
<context>
    <name>Sessions</name>
    <message>
        <source>Open…</source>
        <translation>打开…</translation>
    </message>
    <message>
        <source>Open a CSV file…</source>
        <translation>打开 CSV 文件…</translation>
    </message>
    <message>
        <source>Reopen the last session</source>
        <translation>重新打开上次会话</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Save as lesson…</source>
        <translation>另存为课程…</translation>
    </message>
    <message>
        <source>Reopen an earlier session</source>
        <translation>重新打开更早的会话</translation>
    </message>
    <message>
        <source>Open recent</source>
        <translation>最近打开</translation>
    </message>
    <message>
        <source>Open an experiment</source>
        <translation>打开实验</translation>
    </message>
    <message>
        <source>Experiments and models (*.guitrain *.safetensors *.pt);;Tables (*.csv *.tsv *.txt);;All files (*)</source>
        <translation>实验和模型 (*.guitrain *.safetensors *.pt);;表格 (*.csv *.tsv *.txt);;所有文件 (*)</translation>
    </message>
    <message>
        <source>experiment</source>
        <translation>实验</translation>
    </message>
    <message>
        <source>Save the experiment</source>
        <translation>保存实验</translation>
    </message>
    <message>
        <source>Experiments (*.guitrain)</source>
        <translation>实验 (*.guitrain)</translation>
    </message>
    <message>
        <source>What is done here cannot be kept for after a crash: {0} Save it yourself, with File, Save as.</source>
        <translation>无法自动备份这里的内容以防程序崩溃：{0}请用“文件”中的“另存为…”自行保存。</translation>
    </message>
    <message>
        <source>This run begins with the weights in {0}. Undo brings the last one back.</source>
        <translation>这次运行从 {0} 中的权重开始。“撤销”可恢复上一次运行。</translation>
    </message>
    <message>
        <source>Save a file</source>
        <translation>保存文件</translation>
    </message>
    <message>
        <source>{file} was made on another machine, whose arithmetic differs in the last digits: the last loss is {here} here and {there} there. That is as it should be.</source>
        <translation>{file} 是在另一台计算机上生成的，两台计算机的运算在末几位上有差别：最后的损失在这里是 {here}，在那里是 {there}。这是正常的。</translation>
    </message>
    <message>
        <source>The last {steps} steps of {file}, trained again here, give a loss of {here}, and the file says {there}. It was changed, or made with other versions of PyTorch: press Reset to train it anew.</source>
        <translation>{file} 的最后 {steps} 步在这里重新训练，损失是 {here}，而文件中是 {there}。它被改动过，或由其他版本的 PyTorch 生成：按“重置”重新训练。</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>η, how far each update moves the weights along the gradient.</source>
        <translation>η，每次更新让权重沿梯度移动多远。</translation>
    </message>
    <message>
        <source>L1 penalty</source>
        <translation>L1 惩罚项</translation>
    </message>
    <message>
        <source>Adds λ₁·Σ|w| to the loss: small weights are pulled to exactly 0. Biases are left out.</source>
        <translation>在损失上加 λ₁·Σ|w|：较小的权重会被拉到恰好为 0。偏置不计入。</translation>
    </message>
    <message>
        <source>L2 penalty</source>
        <translation>L2 惩罚项</translation>
    </message>
    <message>
        <source>Adds λ₂·Σw² to the loss (no ½): large weights are pulled back. Biases are left out.</source>
        <translation>在损失上加 λ₂·Σw²（没有 ½）：较大的权重会被拉回。偏置不计入。</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>批大小</translation>
    </message>
    <message>
        <source>How many training points each update looks at. From the next epoch on.</source>
        <translation>每次更新看多少个训练点。从下一轮起生效。</translation>
    </message>
    <message>
        <source>Features</source>
        <translation>特征</translation>
    </message>
    <message>
        <source>What the model sees of the inputs: these themselves, and what is made of them. With squares, even a linear model can draw a circle.</source>
        <translation>模型从输入中看到什么：输入本身，以及由它们算出的量。有了平方，线性模型也能画出圆。</translation>
    </message>
    <message>
        <source>x</source>
        <translation>x</translation>
    </message>
    <message>
        <source>x²</source>
        <translation>x²</translation>
    </message>
    <message>
        <source>x1·x2</source>
        <translation>x1·x2</translation>
    </message>
    <message>
        <source>sin x</source>
        <translation>sin x</translation>
    </message>
    <message>
        <source>Test share</source>
        <translation>测试占比</translation>
    </message>
    <message>
        <source>Test points as a share of the points: held out of a file or a published set; drawn fresh, besides the training points, from a generated source.</source>
        <translation>测试点占全部点的比例：对文件或公开数据集，是从中留出；对生成的数据，是在训练点之外另行生成。</translation>
    </message>
    <message>
        <source>Validation share</source>
        <translation>验证占比</translation>
    </message>
    <message>
        <source>Validation points as a share of the training points, and held out of them, whatever the source. Training never sees them; early stopping may look at them, never at test points.</source>
        <translation>验证点占训练点的比例；无论什么来源，都从训练点中留出。训练从不使用它们；早停可以看它们，但从不看测试点。</translation>
    </message>
    <message>
        <source>Standardize x</source>
        <translation>标准化 x</translation>
    </message>
    <message>
        <source>Train on (x − mean) / deviation, which lets descent go straighter. Weights are shown in the data&apos;s own units all the same.</source>
        <translation>按 (x − 均值) / 标准差训练，下降的路径更直。权重仍按数据原来的单位显示。</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>轮数</translation>
    </message>
    <message>
        <source>Stop after this many passes over the training data.</source>
        <translation>把训练数据完整过这么多遍后停止。</translation>
    </message>
    <message>
        <source>Loss ≤</source>
        <translation>损失 ≤</translation>
    </message>
    <message>
        <source>Stop when an epoch&apos;s training loss is at or below this.</source>
        <translation>某一轮的训练损失不高于此值时停止。</translation>
    </message>
    <message>
        <source>No fall for</source>
        <translation>连续不降</translation>
    </message>
    <message>
        <source>Stop when the loss has not fallen by the least fall for this many epochs.</source>
        <translation>损失连续这么多轮没有下降“最小降幅”时停止。</translation>
    </message>
    <message>
        <source>epochs</source>
        <translation>轮</translation>
    </message>
    <message>
        <source>Least fall</source>
        <translation>最小降幅</translation>
    </message>
    <message>
        <source>A fall of the loss smaller than this does not count as one.</source>
        <translation>损失的下降小于此值就不算下降。</translation>
    </message>
    <message>
        <source>Early stop</source>
        <translation>早停</translation>
    </message>
    <message>
        <source>Early stopping: stop when the validation loss has had no new lowest for this many epochs. Needs a validation share above 0 (under Data, More).</source>
        <translation>早停：验证损失连续这么多轮没有新低时停止。需要验证占比大于 0（在“数据”的“更多”中）。</translation>
    </message>
    <message>
        <source>Data seed</source>
        <translation>数据种子</translation>
    </message>
    <message>
        <source>Draws the noise and the test points, or which points are held out; and which of the training points are for validation.</source>
        <translation>决定噪声和测试点，或留出哪些点；也决定哪些训练点用于验证。</translation>
    </message>
    <message>
        <source>Weights seed</source>
        <translation>权重种子</translation>
    </message>
    <message>
        <source>Draws the initial weights, unless they are set by hand.</source>
        <translation>决定初始权重，除非手动设定。</translation>
    </message>
    <message>
        <source>Batch seed</source>
        <translation>批次种子</translation>
    </message>
    <message>
        <source>Shuffles the points into batches, anew each epoch.</source>
        <translation>把点打乱后分成批次，每轮重新打乱。</translation>
    </message>
    <message>
        <source>Dropout seed</source>
        <translation>dropout 种子</translation>
    </message>
    <message>
        <source>Draws which units are left out, anew at each step.</source>
        <translation>决定随机失活哪些单元，每步重新抽取。</translation>
    </message>
    <message>
        <source>Initial weights</source>
        <translation>初始权重</translation>
    </message>
    <message>
        <source>Where the weights start, in the data&apos;s own units.</source>
        <translation>权重的起点，按数据原来的单位。</translation>
    </message>
    <message>
        <source>The weight</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>A weight or bias as it is set by hand in mid-run.</source>
        <translation>运行中途手动设定的权重或偏置。</translation>
    </message>
    <message>
        <source>x to predict</source>
        <translation>要预测的 x</translation>
    </message>
    <message>
        <source>An x to predict y for when the model is applied.</source>
        <translation>应用模型时要预测 y 的一个 x。</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>What torch computes on. Small models are fastest on the CPU; a device adds up in another order, so its numbers differ in their last digits.</source>
        <translation>torch 在哪里计算。小模型在 CPU 上最快；设备不同，求和的次序也不同，所以末几位数字会有差别。</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>CUDA</source>
        <translation>CUDA</translation>
    </message>
    <message>
        <source>MPS</source>
        <translation>MPS</translation>
    </message>
    <message>
        <source>Gradient norm ≤</source>
        <translation>梯度范数 ≤</translation>
    </message>
    <message>
        <source>How steep the loss is: the length of the gradient.</source>
        <translation>损失有多陡：梯度的长度。</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Epoch</source>
        <translation>轮</translation>
    </message>
    <message>
        <source>Steps done and, where this is in the past, steps recorded</source>
        <translation>已完成的步数；回看时还有已记录的步数</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Learning rate of this step</source>
        <translation>这一步的学习率</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Phase</source>
        <translation>阶段</translation>
    </message>
    <message>
        <source>near epoch {0} / {1}</source>
        <translation>约第 {0} / {1} 轮</translation>
    </message>
    <message>
        <source>shows step {0}</source>
        <translation>显示第 {0} 步</translation>
    </message>
    <message>
        <source>final loss {0}</source>
        <translation>最终损失 {0}</translation>
    </message>
    <message>
        <source>replay {0} epochs/s</source>
        <translation>回放 {0} 轮/秒</translation>
    </message>
    <message>
        <source>in the past</source>
        <translation>回看中</translation>
    </message>
    <message>
        <source>No points yet</source>
        <translation>还没有点</translation>
    </message>
    <message>
        <source>Getting ready…</source>
        <translation>正在准备…</translation>
    </message>
    <message>
        <source>Speed; the numbers are computed on: {0}, in float32</source>
        <translation>速度；计算设备：{0}，精度 float32</translation>
    </message>
    <message>
        <source>epoch {0} / {1}</source>
        <translation>第 {0} / {1} 轮</translation>
    </message>
    <message>
        <source>step {0}</source>
        <translation>第 {0} 步</translation>
    </message>
    <message>
        <source>step {0} / {1}</source>
        <translation>第 {0} / {1} 步</translation>
    </message>
    <message>
        <source>loss –</source>
        <translation>损失 –</translation>
    </message>
    <message>
        <source>loss {0}</source>
        <translation>损失 {0}</translation>
    </message>
    <message>
        <source>η {0}</source>
        <translation>η {0}</translation>
    </message>
    <message>
        <source>{0} · on {1}</source>
        <translation>{0} · 在 {1} 上</translation>
    </message>
    <message>
        <source>{0} epochs/s</source>
        <translation>{0} 轮/秒</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
</context>
<context>
    <name>StepButtons</name>
    <message>
        <source>Next phase</source>
        <translation>前进一阶段</translation>
    </message>
    <message>
        <source>Next batch</source>
        <translation>前进一批次</translation>
    </message>
    <message>
        <source>Next epoch</source>
        <translation>前进一轮</translation>
    </message>
    <message>
        <source>Go on by one phase, then wait (→).</source>
        <translation>前进一个阶段，然后等待（→）。</translation>
    </message>
    <message>
        <source>Go on to the end of this batch, then wait (→).</source>
        <translation>前进到这个批次结束，然后等待（→）。</translation>
    </message>
    <message>
        <source>Go on to the end of this epoch, then wait (→).</source>
        <translation>前进到这一轮结束，然后等待（→）。</translation>
    </message>
    <message>
        <source>Back by a phase</source>
        <translation>后退一阶段</translation>
    </message>
    <message>
        <source>Back by a batch</source>
        <translation>后退一批次</translation>
    </message>
    <message>
        <source>Back by an epoch</source>
        <translation>后退一轮</translation>
    </message>
    <message>
        <source>Go back by one phase (←).</source>
        <translation>后退一个阶段（←）。</translation>
    </message>
    <message>
        <source>Go back to the start of this batch, or of the one before (←).</source>
        <translation>后退到这个批次的开头，或前一个批次的开头（←）。</translation>
    </message>
    <message>
        <source>Go back to the start of this epoch, or of the one before (←).</source>
        <translation>后退到这一轮的开头，或前一轮的开头（←）。</translation>
    </message>
    <message>
        <source>The arrow chooses phase, batch or epoch.</source>
        <translation>用箭头选择按阶段、批次或轮。</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>后退</translation>
    </message>
</context>
<context>
    <name>Stop</name>
    <message>
        <source>Stopped: all {epoch} epochs are done. Final loss {final}.</source>
        <translation>已停止：{epoch} 轮全部完成。最终损失 {final}。</translation>
    </message>
    <message>
        <source>Stopped: the only epoch is done. Final loss {final}.</source>
        <translation>已停止：唯一的一轮已完成。最终损失 {final}。</translation>
    </message>
    <message>
        <source>Stopped after epoch {epoch}: the loss {loss} is at or below the target {target}.</source>
        <translation>第 {epoch} 轮后停止：损失 {loss} 已不高于目标 {target}。</translation>
    </message>
    <message>
        <source>Stopped before the first update: the loss {loss} of the initial weights is at or below the target {target}.</source>
        <translation>第一次更新前就停止：初始权重的损失 {loss} 已不高于目标 {target}。</translation>
    </message>
    <message>
        <source>Stopped after epoch {epoch}: for {patience} epochs the loss has not fallen by more than {fall}. Final loss {final}.</source>
        <translation>第 {epoch} 轮后停止：损失连续 {patience} 轮的下降没有超过 {fall}。最终损失 {final}。</translation>
    </message>
    <message>
        <source>Stopped after epoch {epoch}: in the last epoch the loss has not fallen by more than {fall}. Final loss {final}.</source>
        <translation>第 {epoch} 轮后停止：最后一轮损失的下降没有超过 {fall}。最终损失 {final}。</translation>
    </message>
    <message>
        <source>Stopped early, after epoch {epoch}: no validation loss was a finite number. Try a lower learning rate.</source>
        <translation>第 {epoch} 轮后早停：验证损失始终不是有限的数。试试更小的学习率。</translation>
    </message>
    <message>
        <source>Stopped early, after epoch {epoch}: for {patience} epochs the validation loss has had no new lowest. The lowest was {low}, at epoch {best}; now it is {loss}.</source>
        <translation>第 {epoch} 轮后早停：验证损失连续 {patience} 轮没有新低。最低是第 {best} 轮的 {low}，现在是 {loss}。</translation>
    </message>
    <message>
        <source>Stopped early, after epoch {epoch}: the validation loss has had no new lowest. The lowest was {low}, at epoch {best}; now it is {loss}.</source>
        <translation>第 {epoch} 轮后早停：验证损失没有新低。最低是第 {best} 轮的 {low}，现在是 {loss}。</translation>
    </message>
    <message>
        <source>Stopped at the first step: the loss of the initial weights is beyond the range of 32-bit numbers. Measure x and y in larger units, or start from smaller weights.</source>
        <translation>在第 1 步停止：初始权重的损失超出了 32 位数的范围。给 x 和 y 换用更大的单位，或从更小的权重开始。</translation>
    </message>
    <message>
        <source>Stopped at the first step: the loss of the initial weights is beyond the range of 32-bit numbers. Standardize x, or choose a smaller model.</source>
        <translation>在第 1 步停止：初始权重的损失超出了 32 位数的范围。标准化 x，或选更小的模型。</translation>
    </message>
    <message>
        <source>Stopped at the first step: the loss of the initial weights is beyond the range of 32-bit numbers. Choose a smaller model, or measure y in larger units.</source>
        <translation>在第 1 步停止：初始权重的损失超出了 32 位数的范围。选更小的模型，或给 y 换用更大的单位。</translation>
    </message>
    <message>
        <source>Diverged at step {step}: the loss grew beyond the range of 32-bit numbers. A lower learning rate such as {slower}, or standardized x, usually helps.</source>
        <translation>在第 {step} 步发散：损失增大到超出了 32 位数的范围。更小的学习率（例如 {slower}）或标准化 x 通常有用。</translation>
    </message>
    <message>
        <source>Diverged at step {step}: the learning rate {rate} is over {formula} = {limit} for this data, so each step overshot further, until the loss was no finite number. Go on with {slower}, which is under it.</source>
        <translation>在第 {step} 步发散：学习率 {rate} 超过了这份数据的 {formula} = {limit}，所以每一步都越过最低点更远，直到损失不再是有限的数。请改用低于它的 {slower} 继续。</translation>
    </message>
    <message>
        <source>Diverged at step {step}: the learning rate {rate} is over {formula} = {limit} on this surface, so each step overshot further, until the loss was no finite number. Go on with {slower}, which is under it.</source>
        <translation>在第 {step} 步发散：学习率 {rate} 超过了这个曲面的 {formula} = {limit}，所以每一步都越过最低点更远，直到损失不再是有限的数。请改用低于它的 {slower} 继续。</translation>
    </message>
    <message>
        <source>Stopped at the first step: the surface is higher here than 32-bit numbers reach. Start nearer to its middle.</source>
        <translation>在第 1 步停止：曲面在这里的高度超出了 32 位数的范围。请从更靠近中间的地方开始。</translation>
    </message>
    <message>
        <source>Stopped at step {step}: the loss fell below the range of 32-bit numbers. This surface has no minimum, so there is nowhere to arrive: look at how soon the saddle is left.</source>
        <translation>在第 {step} 步停止：损失降到了 32 位数的范围之外。这个曲面没有最小值，所以没有终点：要看的是多快离开鞍点。</translation>
    </message>
    <message>
        <source>Diverged at step {step}: steps overshot further and further, until the surface was higher than 32-bit numbers reach. A lower learning rate such as {slower} usually helps.</source>
        <translation>在第 {step} 步发散：每一步都越过最低点更远，直到曲面的高度超出了 32 位数的范围。更小的学习率（例如 {slower}）通常有用。</translation>
    </message>
    <message>
        <source>All points are of class {0}: there is nothing to tell apart yet. Choose another class and add points of it.</source>
        <translation>所有点都属于类别 {0}：还没有什么可区分的。请选另一个类别并添加它的点。</translation>
    </message>
    <message>
        <source>The highest power of the standardized x reaches {size} here, beside x itself: no learning rate suits both. Choose a smaller degree.</source>
        <translation>标准化后的 x 的最高次幂在这里达到 {size}，与 x 本身并列：没有哪个学习率对两者都合适。请选更小的次数。</translation>
    </message>
    <message>
        <source>The highest power of x reaches {size} here, beside x itself: no learning rate suits both. Standardize x, or choose a smaller degree.</source>
        <translation>x 的最高次幂在这里达到 {size}，与 x 本身并列：没有哪个学习率对两者都合适。请标准化 x，或选更小的次数。</translation>
    </message>
    <message>
        <source>No line can reach a loss of {target} on these points: the best is {best}. Another rule will end the run.</source>
        <translation>在这些点上，没有一条直线的损失能达到 {target}：最优是 {best}。运行会由其他条件结束。</translation>
    </message>
    <message>
        <source>No such polynomial can reach a loss of {target} on these points: the best is {best}. Another rule will end the run.</source>
        <translation>在这些点上，没有一个这样的多项式的损失能达到 {target}：最优是 {best}。运行会由其他条件结束。</translation>
    </message>
</context>
<context>
    <name>Surface</name>
    <message>
        <source>There are no data: the loss is the height of a surface over two parameters. Descent begins at a place on it, which you may choose.</source>
        <translation>这里没有数据：损失就是曲面在两个参数处的高度。下降从曲面上的某一处开始，起点可以自己选。</translation>
    </message>
    <message>
        <source>In Landscape: the ring, which you can drag.</source>
        <translation>在“损失地形”中：可以拖动的圆环。</translation>
    </message>
    <message>
        <source>How high is the surface here? f is computed of the two parameters as they are now. Nothing is changed yet.</source>
        <translation>曲面在这里有多高？用两个参数现在的值计算 f。此时还没有任何改变。</translation>
    </message>
    <message>
        <source>In Landscape: the colour and the contours under the point.</source>
        <translation>在“损失地形”中：点下面的颜色和等高线。</translation>
    </message>
    <message>
        <source>The loss is the height as it is: there are no points to compare with. Lower is better; descent makes it fall.</source>
        <translation>损失就是高度本身：没有可以比较的点。越低越好，下降使它变小。</translation>
    </message>
    <message>
        <source>In Loss: the newest point of the curve.</source>
        <translation>在“损失”中：曲线上最新的点。</translation>
    </message>
    <message>
        <source>Each parameter takes a small step against its gradient, which is downhill. The learning rate sets how small. This is the only moment at which the point moves.</source>
        <translation>每个参数沿梯度的反方向移动一小步，也就是下坡。步子多小由学习率决定。只有在这一刻，点才会移动。</translation>
    </message>
    <message>
        <source>In Landscape the point moves.</source>
        <translation>在“损失地形”中，点会移动。</translation>
    </message>
    <message>
        <source>A test surface has no points, so there is nothing to test on.</source>
        <translation>测试曲面没有数据点，所以无从测试。</translation>
    </message>
    <message>
        <source>A test surface predicts nothing, so there is nothing to apply it to.</source>
        <translation>测试曲面不作预测，所以无从应用。</translation>
    </message>
    <message>
        <source>A test surface has no points, so there is nothing to fit. Its landscape shows all there is: the height over the two parameters, and the way down.</source>
        <translation>测试曲面没有数据点，所以无从拟合。它的损失地形就是全部内容：两个参数上的高度，以及下坡的路径。</translation>
    </message>
    <message>
        <source>A test surface has no points: there is no prediction to compare with a truth.</source>
        <translation>测试曲面没有数据点：没有预测值可以与真实值比较。</translation>
    </message>
    <message>
        <source>A test surface has no points: there are no classes to tell apart.</source>
        <translation>测试曲面没有数据点：没有类别可以区分。</translation>
    </message>
    <message>
        <source>A test surface has no points: there is no batch.</source>
        <translation>测试曲面没有数据点：没有批次。</translation>
    </message>
    <message>
        <source>A test surface has no points: there is nothing to test on.</source>
        <translation>测试曲面没有数据点：无从测试。</translation>
    </message>
    <message>
        <source>A test surface predicts nothing: there is nothing to apply.</source>
        <translation>测试曲面不作预测：无从应用。</translation>
    </message>
</context>
<context>
    <name>Sweep</name>
    <message>
        <source>From</source>
        <translation>从</translation>
    </message>
    <message>
        <source>The smallest learning rate of the sweep.</source>
        <translation>参数扫描中最小的学习率。</translation>
    </message>
    <message>
        <source>To</source>
        <translation>到</translation>
    </message>
    <message>
        <source>The largest learning rate of the sweep.</source>
        <translation>参数扫描中最大的学习率。</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>运行数</translation>
    </message>
    <message>
        <source>How many learning rates, evenly spaced by their logarithm.</source>
        <translation>取多少个学习率，按对数均匀分布。</translation>
    </message>
    <message>
        <source>learning rate η</source>
        <translation>学习率 η</translation>
    </message>
    <message>
        <source>final loss</source>
        <translation>最终损失</translation>
    </message>
    <message>
        <source>diverged, or off the scale</source>
        <translation>已发散，或超出坐标范围</translation>
    </message>
    <message>
        <source>best: {0} at {1}</source>
        <translation>最佳：{0}，在 {1} 处</translation>
    </message>
    <message>
        <source>diverged in epoch {0}</source>
        <translation>在第 {0} 轮发散</translation>
    </message>
    <message>
        <source>not begun</source>
        <translation>未开始</translation>
    </message>
    <message>
        <source>loss {0} after {1} epochs</source>
        <translation>{1} 轮后损失 {0}</translation>
    </message>
    <message>
        <source>loss {0}: the target, after {1} epochs</source>
        <translation>损失 {0}：{1} 轮后达到目标</translation>
    </message>
    <message>
        <source>loss {0}: no more fall, after {1} epochs</source>
        <translation>损失 {0}：{1} 轮后不再下降</translation>
    </message>
    <message>
        <source>loss {0}: stopped early, after {1} epochs</source>
        <translation>损失 {0}：{1} 轮后早停</translation>
    </message>
    <message>
        <source>{0} = {1}</source>
        <translation>{0} = {1}</translation>
    </message>
</context>
<context>
    <name>SweepPanel</name>
    <message>
        <source>The sweep</source>
        <translation>参数扫描</translation>
    </message>
    <message>
        <source>Train this run</source>
        <translation>单独训练</translation>
    </message>
    <message>
        <source>Smallest learning rate</source>
        <translation>最小学习率</translation>
    </message>
    <message>
        <source>Largest learning rate</source>
        <translation>最大学习率</translation>
    </message>
    <message>
        <source>How many learning rates</source>
        <translation>学习率的个数</translation>
    </message>
    <message>
        <source>Second setting</source>
        <translation>第二个设置</translation>
    </message>
    <message>
        <source>A second setting to sweep: every value with every rate</source>
        <translation>同时扫描的第二个设置：每个取值都与每个学习率搭配</translation>
    </message>
    <message>
        <source>Values of the second setting</source>
        <translation>第二个设置的取值</translation>
    </message>
    <message>
        <source>Its values, with commas between them, such as 0, 0.5, 0.9</source>
        <translation>它的取值，用逗号隔开，例如 0, 0.5, 0.9</translation>
    </message>
    <message>
        <source>Train this run by itself</source>
        <translation>单独训练这次运行</translation>
    </message>
    <message>
        <source>Train it afresh as a run of its own, whose numbers then stand here</source>
        <translation>把它作为独立的运行重新训练，这里随后显示那次运行的数</translation>
    </message>
    <message>
        <source>Progress of the sweep</source>
        <translation>参数扫描的进度</translation>
    </message>
    <message>
        <source>How much of all the epochs of all the runs is done</source>
        <translation>所有运行的全部轮数已完成多少</translation>
    </message>
    <message>
        <source>What the markers mean</source>
        <translation>标记的含义</translation>
    </message>
    <message>
        <source>Click a marker to train its run by itself</source>
        <translation>单击一个标记，单独训练它的运行</translation>
    </message>
    <message>
        <source>η from</source>
        <translation>η 从</translation>
    </message>
    <message>
        <source>to</source>
        <translation>到</translation>
    </message>
    <message>
        <source>runs</source>
        <translation>运行数</translation>
    </message>
    <message>
        <source>and</source>
        <translation>以及</translation>
    </message>
    <message>
        <source>of</source>
        <translation>取值</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Stop the sweep</source>
        <translation>停止参数扫描</translation>
    </message>
    <message>
        <source>Start the sweep</source>
        <translation>开始参数扫描</translation>
    </message>
    <message>
        <source>Stop here; what is trained so far stays</source>
        <translation>在此停止，已训练的部分保留</translation>
    </message>
    <message>
        <source>Train all of them at once, each from the same weights</source>
        <translation>同时训练全部运行，都从相同的权重开始</translation>
    </message>
    <message>
        <source>Set a range of learning rates and press Start: all of them train at once, from the same data and initial weights.</source>
        <translation>设定学习率的范围，然后按“开始”：全部运行同时训练，数据和初始权重都相同。</translation>
    </message>
    <message>
        <source>diverged, or off the scale</source>
        <translation>已发散，或超出坐标范围</translation>
    </message>
    <message>
        <source>{0} (diverges over {1})</source>
        <translation>{0}（超过 {1} 即发散）</translation>
    </message>
    <message>
        <source>All of these runs have diverged: try smaller rates.</source>
        <translation>这些运行全都发散了：试试更小的学习率。</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}：{1}</translation>
    </message>
    <message>
        <source>{0} (trained by itself)</source>
        <translation>{0}（单独训练）</translation>
    </message>
    <message>
        <source>Best: {0}</source>
        <translation>最佳：{0}</translation>
    </message>
</context>
<context>
    <name>SweepPlot</name>
    <message>
        <source>Final loss against the learning rate</source>
        <translation>最终损失随学习率的变化</translation>
    </message>
</context>
<context>
    <name>TaskList</name>
    <message>
        <source>Tasks of the page</source>
        <translation>这一页的任务</translation>
    </message>
    <message>
        <source>Task: {0}</source>
        <translation>任务：{0}</translation>
    </message>
    <message>
        <source>Tick this once it is done</source>
        <translation>完成后打勾</translation>
    </message>
</context>
<context>
    <name>TensorBoard</name>
    <message>
        <source>Setting</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Step k has what was measured before update k; an epoch&apos;s loss stands at its last step.</source>
        <translation>第 k 步记录的是第 k 次更新之前测得的值；一轮的损失记在这一轮的最后一步。</translation>
    </message>
    <message>
        <source>Times are not measured: they rise by a millisecond a step.</source>
        <translation>时间不是实测的：每步增加一毫秒。</translation>
    </message>
    <message>
        <source>{steps} steps: each curve is thinned to some {most} points, with its peaks kept.</source>
        <translation>共 {steps} 步：每条曲线精简到约 {most} 个点，保留峰值。</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>Timeline</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>The run, from its start to its planned end. Click or drag to go to any step that is recorded.</source>
        <translation>运行从起点到计划的终点。单击或拖动可转到任何已记录的步。</translation>
    </message>
    <message>
        <source>Picture of the timeline</source>
        <translation>时间线图示</translation>
    </message>
    <message>
        <source>best epoch: lowest validation loss {0}</source>
        <translation>最佳轮：最低验证损失 {0}</translation>
    </message>
    <message>
        <source>{0} branches off: {1}</source>
        <translation>{0} 从这里分支：{1}</translation>
    </message>
    <message>
        <source>this run branches off {0}: {1}</source>
        <translation>这次运行从 {0} 分支：{1}</translation>
    </message>
    <message>
        <source>stopped: all {epoch} epochs done, loss {loss}</source>
        <translation>已停止：{epoch} 轮全部完成，损失 {loss}</translation>
    </message>
    <message>
        <source>stopped: loss {loss} at or below the target</source>
        <translation>已停止：损失 {loss} 已不高于目标</translation>
    </message>
    <message>
        <source>stopped: the loss fell no more, {loss}</source>
        <translation>已停止：损失不再下降，{loss}</translation>
    </message>
    <message>
        <source>stopped early: no new lowest validation loss, {loss}</source>
        <translation>已早停：验证损失没有新低，{loss}</translation>
    </message>
    <message>
        <source>diverged: the loss is no finite number</source>
        <translation>已发散：损失不是有限的数</translation>
    </message>
    <message>
        <source>changed: {0}</source>
        <translation>改动：{0}</translation>
    </message>
    <message>
        <source>epoch {0} · step {1}</source>
        <translation>第 {0} 轮 · 第 {1} 步</translation>
    </message>
    <message>
        <source>near epoch {0} · shows step {1}</source>
        <translation>约第 {0} 轮 · 显示第 {1} 步</translation>
    </message>
    <message>
        <source>near epoch {0} · step {1} · shows step {2}</source>
        <translation>约第 {0} 轮 · 第 {1} 步 · 显示第 {2} 步</translation>
    </message>
    <message>
        <source>epoch {0} · not run yet</source>
        <translation>第 {0} 轮 · 还没运行到</translation>
    </message>
    <message>
        <source>and {0} more</source>
        <translation>还有 {0} 个</translation>
    </message>
    <message>
        <source>loss {0}</source>
        <translation>损失 {0}</translation>
    </message>
    <message>
        <source>epoch {0} of {1}</source>
        <translation>第 {0} 轮，共 {1} 轮</translation>
    </message>
</context>
<context>
    <name>Transport</name>
    <message>
        <source>Light or dark</source>
        <translation>浅色或深色</translation>
    </message>
    <message>
        <source>Switch between light and dark</source>
        <translation>切换浅色与深色</translation>
    </message>
    <message>
        <source>Preset experiment</source>
        <translation>预设实验</translation>
    </message>
    <message>
        <source>Start again from one of the ready experiments.</source>
        <translation>从一个现成的实验重新开始。</translation>
    </message>
    <message>
        <source>Own experiment</source>
        <translation>自定义实验</translation>
    </message>
    <message>
        <source>Take back the last change, or bring back the run before (Ctrl+Z)</source>
        <translation>撤销上一次改动，或恢复上一次运行（Ctrl+Z）</translation>
    </message>
    <message>
        <source>Undo: take back the last change, or bring back the run before</source>
        <translation>撤销：撤销上一次改动，或恢复上一次运行</translation>
    </message>
    <message>
        <source>Do again what was undone (Ctrl+Y)</source>
        <translation>重做刚才撤销的内容（Ctrl+Y）</translation>
    </message>
    <message>
        <source>Redo: do again what was undone</source>
        <translation>重做：重做刚才撤销的内容</translation>
    </message>
    <message>
        <source>Ctrl+Y</source>
        <translation>Ctrl+Y</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>重置</translation>
    </message>
    <message>
        <source>Start this experiment again from the same initial weights (R)</source>
        <translation>从相同的初始权重重新开始这个实验（R）</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Train until a stop rule ends it, or pause (Space)</source>
        <translation>一直训练，直到满足停止条件或暂停（Space）</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Open and save.</source>
        <translation>打开和保存。</translation>
    </message>
    <message>
        <source>Take a plot or the numbers with you.</source>
        <translation>导出图或数值。</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
</context>
<context>
    <name>WeightPlot</name>
    <message>
        <source>Gradients</source>
        <translation>梯度</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>epoch</source>
        <translation>轮数</translation>
    </message>
    <message>
        <source>how many</source>
        <translation>个数</translation>
    </message>
</context>
<context>
    <name>Weights</name>
    <message>
        <source>weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>∂L/∂{0} of step {1}</source>
        <translation>第 {1} 步的 ∂L/∂{0}</translation>
    </message>
    <message>
        <source>size ‖W‖</source>
        <translation>大小 ‖W‖</translation>
    </message>
    <message>
        <source>{0}: {1} of its numbers</source>
        <translation>{0}：其中 {1} 个数</translation>
    </message>
    <message>
        <source>size ‖∂L/∂W‖</source>
        <translation>大小 ‖∂L/∂W‖</translation>
    </message>
    <message>
        <source>Nothing is recorded yet: press Next or Run.</source>
        <translation>还没有记录：按“前进”或“运行”。</translation>
    </message>
</context>
<context>
    <name>WeightsPanel</name>
    <message>
        <source>Weights and gradients</source>
        <translation>权重与梯度</translation>
    </message>
    <message>
        <source>What to show</source>
        <translation>显示什么</translation>
    </message>
    <message>
        <source>over the epochs</source>
        <translation>随轮数的变化</translation>
    </message>
    <message>
        <source>histogram of now</source>
        <translation>当前直方图</translation>
    </message>
    <message>
        <source>How they have gone, or how they are spread at this step</source>
        <translation>它们如何变化，或在这一步如何分布</translation>
    </message>
    <message>
        <source>Of which weights</source>
        <translation>哪些权重</translation>
    </message>
    <message>
        <source>All of them, or one parameter or tensor</source>
        <translation>全部，或某个参数或张量</translation>
    </message>
    <message>
        <source>The weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Their gradients</source>
        <translation>权重的梯度</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>of</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Bars: how many weights, and gradients, have such a value at this step.</source>
        <translation>柱形：这一步有多少权重（和梯度）取这样的值。</translation>
    </message>
    <message>
        <source>Each weight before each update, as the model has it, and its gradient.</source>
        <translation>每个权重在每次更新前的值（按模型中的值），以及它的梯度。</translation>
    </message>
    <message>
        <source>Weights at the keyframes of the run; the gradients&apos; size ‖∂L/∂W‖ of every step.</source>
        <translation>运行的各关键帧处的权重；每一步梯度的大小 ‖∂L/∂W‖。</translation>
    </message>
</context>
<context>
    <name>WithheldTree</name>
    <message>
        <source>Controls that the page locks or hides</source>
        <translation>这一页锁定或隐藏的控件</translation>
    </message>
    <message>
        <source>What is locked can be seen, not changed; what is hidden is not there. Their keys do nothing.</source>
        <translation>锁定的能看不能改，隐藏的则不出现。它们的按键也不起作用。</translation>
    </message>
    <message>
        <source>Control</source>
        <translation>控件</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>锁定</translation>
    </message>
    <message>
        <source>Hidden</source>
        <translation>隐藏</translation>
    </message>
</context>
<context>
    <name>Withholding</name>
    <message>
        <source>Toolbar and timeline</source>
        <translation>工具栏与时间线</translation>
    </message>
    <message>
        <source>Panels</source>
        <translation>面板</translation>
    </message>
    <message>
        <source>Choice of a preset</source>
        <translation>选择预设</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>重置</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>后退</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>前进</translation>
    </message>
    <message>
        <source>Run and Pause</source>
        <translation>运行与暂停</translation>
    </message>
    <message>
        <source>Run to…</source>
        <translation>运行到…</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>时间线</translation>
    </message>
</context>
<context>
    <name>Workspace</name>
    <message>
        <source>Each point is one of the data; the line is what was learnt</source>
        <translation>每个点是一个数据，线是学到的结果</translation>
    </message>
    <message>
        <source>How far off the model was at each epoch: lower is better</source>
        <translation>每一轮模型差了多少：越低越好</translation>
    </message>
    <message>
        <source>Experiment</source>
        <translation>实验</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>拟合</translation>
    </message>
    <message>
        <source>The data, and what is learnt: a line or curve, or a map</source>
        <translation>数据，以及学到的直线、曲线或地图</translation>
    </message>
    <message>
        <source>The learnt line</source>
        <translation>学到的直线</translation>
    </message>
    <message>
        <source>Residuals</source>
        <translation>残差</translation>
    </message>
    <message>
        <source>Draw each point&apos;s error, ŷ − y</source>
        <translation>画出每个点的误差 ŷ − y</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>The loss, epoch by epoch</source>
        <translation>每一轮的损失</translation>
    </message>
    <message>
        <source>Test loss</source>
        <translation>测试损失</translation>
    </message>
    <message>
        <source>Draw the loss on points that the model never trains on</source>
        <translation>画出模型从不训练的点上的损失</translation>
    </message>
    <message>
        <source>Log axis</source>
        <translation>对数轴</translation>
    </message>
    <message>
        <source>A logarithmic loss axis</source>
        <translation>损失轴用对数刻度</translation>
    </message>
    <message>
        <source>Landscape</source>
        <translation>损失地形</translation>
    </message>
    <message>
        <source>The loss over two weights, and the path that training takes through it</source>
        <translation>两个权重上的损失，以及训练在其中走过的路径</translation>
    </message>
    <message>
        <source>Predicted vs true</source>
        <translation>预测与真实</translation>
    </message>
    <message>
        <source>Each point’s prediction beside its true value, and how far off it is</source>
        <translation>每个点的预测值与真实值，以及相差多少</translation>
    </message>
    <message>
        <source>Lesson</source>
        <translation>课程</translation>
    </message>
    <message>
        <source>A course in six lessons, to be read and tried page by page</source>
        <translation>共六课的课程，一页一页边读边试</translation>
    </message>
    <message>
        <source>The cycle</source>
        <translation>训练循环</translation>
    </message>
    <message>
        <source>Cycle</source>
        <translation>训练循环</translation>
    </message>
    <message>
        <source>The steps of training as a flow chart, with the present one lit</source>
        <translation>训练的各步画成流程图，当前的一步亮起</translation>
    </message>
    <message>
        <source>Computation graph</source>
        <translation>计算图</translation>
    </message>
    <message>
        <source>Graph</source>
        <translation>计算图</translation>
    </message>
    <message>
        <source>How the loss follows from weights and data, and gradients flow back</source>
        <translation>损失如何由权重和数据得出，梯度又如何反向传回</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>The model&apos;s units, what each gives, and its weights, to be set by hand</source>
        <translation>模型的单元、各单元的输出，以及可手动设定的权重</translation>
    </message>
    <message>
        <source>Weights and gradients</source>
        <translation>权重与梯度</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>How weights and gradients have gone, and how they are spread now</source>
        <translation>权重和梯度如何变化，现在如何分布</translation>
    </message>
    <message>
        <source>The code</source>
        <translation>代码</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>代码</translation>
    </message>
    <message>
        <source>The experiment as a PyTorch script, with the running line lit</source>
        <translation>把实验写成 PyTorch 脚本，正在执行的一行亮起</translation>
    </message>
    <message>
        <source>This step in numbers</source>
        <translation>本步数值</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>The formulas of this step with its numbers</source>
        <translation>这一步的公式，代入它的数值</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Why the run stopped; test the model, apply it</source>
        <translation>运行为什么停止；测试模型，应用模型</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>运行记录</translation>
    </message>
    <message>
        <source>Runs and branches, to compare; races</source>
        <translation>供比较的运行与分支；竞赛</translation>
    </message>
    <message>
        <source>Sweep</source>
        <translation>参数扫描</translation>
    </message>
    <message>
        <source>Many learning rates trained at once: loss curves and final losses</source>
        <translation>同时训练许多学习率：损失曲线与最终损失</translation>
    </message>
    <message>
        <source>Scores of the classes</source>
        <translation>各类别评分</translation>
    </message>
    <message>
        <source>Scores</source>
        <translation>评分</translation>
    </message>
    <message>
        <source>How well the classes are told: confusion matrix, ROC curves, a point</source>
        <translation>类别分得有多准：混淆矩阵、ROC 曲线、单个点</translation>
    </message>
    <message>
        <source>loss over {0} and {1}</source>
        <translation>{0} 与 {1} 上的损失</translation>
    </message>
    <message>
        <source>loss on a plane through {0} parameters</source>
        <translation>{0} 个参数空间中一个平面上的损失</translation>
    </message>
</context>
</TS>
