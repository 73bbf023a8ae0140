"""一张开放数据的表:收进来时体检(``examination``),存成 Parquet,按页按条件取(``engine``),写成各种文件(``writing``)。"""
